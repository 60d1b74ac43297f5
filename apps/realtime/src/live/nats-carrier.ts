import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Carrier, CarrierHandlers } from './carrier.ts';

/** Pause (ms) before the next attempt to connect, and a random part so that processes do not come back all at once. */
const reconnectAfterMs = 250;
const reconnectJitterMs = 100;
const connectTimeoutMs = 2_000;

/** A subject of NATS, with core delivery: what is not heard is gone, and noticed. */
export class NatsCarrier implements Carrier {
  readonly #url: string;
  readonly #subject: string;
  #handlers: CarrierHandlers | undefined;
  #connection: NatsConnection | undefined;
  #isConnected = false;

  /** `subject`: of the processes that share a database, and of no others. */
  constructor(url: string, subject: string) {
    this.#url = url;
    this.#subject = subject;
  }

  async start(handlers: CarrierHandlers): Promise<void> {
    this.#handlers = handlers;
    await this.#open();
  }

  send(envelope: string): Promise<void> {
    // The client would keep what is sent now without a limit, and throw it away when it connects again.
    if (!this.#isConnected) return Promise.reject(new Error('not connected to NATS'));
    this.#connection?.publish(this.#subject, envelope);
    return Promise.resolve();
  }

  async restart(): Promise<void> {
    void this.#connection?.close();
    this.#isConnected = false;
    await this.#open();
  }

  /** What was sent has left by then. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    if (this.#isConnected) await connection?.flush().catch(() => {});
    await connection?.close();
  }

  async #open(): Promise<void> {
    const connection = await connect({
      ...serverOf(this.#url),
      name: 'catraca-realtime',
      timeout: connectTimeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: reconnectAfterMs,
      reconnectJitter: reconnectJitterMs,
    });
    this.#connection = connection;
    connection.subscribe(this.#subject, {
      callback: (error, message) => {
        if (error === null && connection === this.#connection)
          this.#handlers?.heard(message.string());
      },
    });
    void this.#follow(connection);
    await connection.flush();
    this.#isConnected = true;
    this.#handlers?.listening();
  }

  /** The client connects and subscribes again by itself. */
  async #follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (connection !== this.#connection) return;
      if (type === 'disconnect') this.#isConnected = false;
      if (type !== 'reconnect') continue;
      this.#isConnected = true;
      this.#handlers?.listening();
    }
  }
}

/** The client takes name and password apart from the address. */
function serverOf(url: string) {
  const { protocol, host, username, password } = new URL(url);
  return {
    servers: host,
    ...(protocol === 'tls:' && { tls: {} }),
    ...(username !== '' && { user: decodeURIComponent(username) }),
    ...(password !== '' && { pass: decodeURIComponent(password) }),
  };
}

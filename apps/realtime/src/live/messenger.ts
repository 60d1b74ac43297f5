import postgres from 'postgres';

/** Pause (s) before the next attempt to connect. */
const reconnectAfterS = 0.25;
const connectTimeoutS = 2;

export interface MessengerHandlers {
  /** A message on one of the channels. */
  readonly heard: (channel: string, payload: string) => void;
  /** All channels are listened to, at the start or again: what was said before was not heard. */
  readonly listening: () => void;
}

/** LISTEN and NOTIFY of PostgreSQL, on connections of their own. */
export class Messenger {
  readonly #url: string;
  readonly #channels: readonly string[];
  readonly #handlers: MessengerHandlers;
  #sql: postgres.Sql;

  constructor(url: string, channels: readonly string[], handlers: MessengerHandlers) {
    this.#url = url;
    this.#channels = channels;
    this.#handlers = handlers;
    this.#sql = this.#open();
  }

  /** Resolves when it listens to all channels; from then on it does so again by itself after each interruption. @throws when the database is not there. */
  async start(): Promise<void> {
    const sql = this.#sql;
    let listening = 0;
    const begun = () => {
      listening += 1;
      // The driver takes up one channel after another.
      if (listening % this.#channels.length === 0 && sql === this.#sql) this.#handlers.listening();
    };
    await Promise.all(
      this.#channels.map((channel) =>
        sql.listen(channel, (payload) => this.#handlers.heard(channel, payload), begun),
      ),
    );
  }

  /** In the order of the calls. @throws what the database throws: whether it was sent is not known. */
  async send(channel: string, payload: string): Promise<void> {
    await this.#sql`select pg_notify(${channel}, ${payload})`;
  }

  /** Leaves connections that hang behind and opens others. */
  async restart(): Promise<void> {
    const old = this.#sql;
    this.#sql = this.#open();
    void old.end({ timeout: 0 });
    await this.start();
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 0 });
  }

  #open(): postgres.Sql {
    return postgres(this.#url, {
      max: 1,
      fetch_types: false,
      connect_timeout: connectTimeoutS,
      backoff: () => reconnectAfterS,
      max_lifetime: null,
      onnotice: () => {},
      connection: { application_name: 'catraca-bus', statement_timeout: 2_000 },
    });
  }
}

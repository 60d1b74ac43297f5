import {
  gatePath,
  gateSubprotocol,
  offeredSubprotocols,
  parseGateServerFrame,
  pingIntervalMs,
  type GateClientMessage,
  type GateServerMessage,
} from '@catraca/protocol';

/** A line on which nothing came for so long after something was asked is dead (ms): a network that is gone does not say so. */
const silenceMaxMs = 4_000;
/** The same while it is being opened, which takes more round trips. */
const openingMaxMs = 10_000;

export interface GateLineHandlers {
  onmessage(message: GateServerMessage): void;
  /** Once, with the close code of `@catraca/protocol`; 1006 when the line died or never opened. */
  onend(code: number): void;
}

/** Ended without a word (RFC 6455). */
const abnormal = 1006;

/** One WebSocket to the gate, from opening to its end. It pings by itself and notices when nobody answers. */
export class GateLine {
  readonly #socket: WebSocket;
  readonly #handlers: GateLineHandlers;
  #pings: ReturnType<typeof setInterval> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /** `origin` is the realtime service's, http(s). */
  constructor(origin: string, token: string, handlers: GateLineHandlers) {
    this.#handlers = handlers;
    const url = origin.replace(/^http/, 'ws') + gatePath;
    this.#socket = new WebSocket(url, offeredSubprotocols(gateSubprotocol, token));
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }) => this.#read(String(data));
    this.#socket.onclose = ({ code }) => this.#end(code);
    this.#expectAnswer(openingMaxMs);
  }

  /** Sends on an open line; what is sent on another is lost, and its sender keeps it until it is answered. */
  send(message: GateClientMessage): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify(message));
    this.#expectAnswer();
  }

  close(): void {
    this.#end(abnormal);
  }

  #opened(): void {
    this.#heard();
    this.ping();
    this.#pings = setInterval(() => this.ping(), pingIntervalMs);
  }

  /** Asks for a `pong`; the line is dead when it does not come. */
  ping(): void {
    this.send({ type: 'ping', at: new Date().toISOString() });
  }

  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #read(text: string): void {
    this.#heard();
    const frame = parseGateServerFrame(text);
    // A frame of a newer server that we cannot read is left alone: its scan stays unanswered, and is never shown green.
    if (frame.ok) this.#handlers.onmessage(frame.message);
  }

  #expectAnswer(withinMs = silenceMaxMs): void {
    this.#silence ??= setTimeout(() => this.#end(abnormal), withinMs);
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#pings);
    clearTimeout(this.#silence);
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#handlers.onend(code);
  }
}

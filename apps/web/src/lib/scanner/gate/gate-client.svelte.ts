import {
  closeCodes,
  type GateServerMessage,
  type HelloMessage,
  type RefusedMessage,
  type ScanMessage,
  type VerdictMessage,
} from '@catraca/protocol';
import { SvelteMap } from 'svelte/reactivity';
import { backoffMs } from './backoff.ts';
import { GateLine } from './gate-line.ts';
import { ServerClock } from './server-clock.ts';

/** `connected` from the server's `hello` on. `signed_out`: the server does not know this device any more. */
export type GateStatus = 'connecting' | 'connected' | 'reconnecting' | 'signed_out';

/** How a scan ended: judged, or not taken at all (`refused`: nothing was recorded). */
export interface GateClientHandlers {
  onanswer(scan: ScanMessage, answer: VerdictMessage | RefusedMessage): void;
  /** The line came up, or went down. */
  onstatus?(status: GateStatus): void;
}

const minuteMs = 60_000;

type Timer = ReturnType<typeof setTimeout>;

/** A scan without an answer. */
interface Unanswered {
  readonly scan: ScanMessage;
  /** How often the server was too busy for it, and when it goes again. */
  busyTimes: number;
  again: Timer | undefined;
}

/**
 * The device's side of the gate: keeps a line open, and sends each scan again, with its id, until it is answered.
 * Nothing here makes up a verdict: what `onanswer` gets is what the server sent.
 */
export class GateClient {
  status = $state<GateStatus>('connecting');
  /** What the server told of this device; kept while the line is down. */
  hello = $state.raw<HelloMessage | undefined>();
  /** What to add to this device's clock to have the server's, ms. */
  clockOffsetMs = $state<number | undefined>();

  /** By scan id, in the order they were made. */
  readonly #unanswered = new SvelteMap<string, Unanswered>();
  readonly #origin: string;
  readonly #token: string;
  readonly #handlers: GateClientHandlers;
  readonly #clock = new ServerClock();
  #line: GateLine | undefined;
  #attempts = 0;
  #retry: Timer | undefined;

  /** `origin` is the realtime service's; `kept` what it told before this page was opened. Call `open` to begin. */
  constructor(
    origin: string,
    token: string,
    handlers: GateClientHandlers,
    kept: { hello?: HelloMessage | undefined; clockOffsetMs?: number | undefined } = {},
  ) {
    this.#origin = origin;
    this.#token = token;
    this.#handlers = handlers;
    this.hello = kept.hello;
    this.clockOffsetMs = kept.clockOffsetMs;
  }

  /** How many scans wait for the server to decide. */
  get waiting(): number {
    return [...this.#unanswered.values()].filter(({ scan }) => !scan.alone).length;
  }

  isWaiting(scanId: string): boolean {
    return this.#unanswered.has(scanId);
  }

  /** How wrong this device's clock is: 0 below one minute, which nobody at a gate would notice. */
  get minutesWrong(): number {
    return Math.floor(Math.abs(this.clockOffsetMs ?? 0) / minuteMs);
  }

  open(): void {
    clearTimeout(this.#retry);
    const line = new GateLine(this.#origin, this.#token, {
      onmessage: (message) => this.#take(message, line),
      onend: (code) => this.#ended(line, code),
    });
    this.#line = line;
  }

  /** Connects at once instead of at the end of a wait: the network is back, or someone is looking. */
  hurry(): void {
    if (this.status === 'signed_out' || this.#line) return;
    this.#attempts = 0;
    this.open();
  }

  /** The network may have gone: asks for a sign of life instead of waiting for the next one. */
  doubt(): void {
    this.#line?.ping();
  }

  close(): void {
    clearTimeout(this.#retry);
    for (const { again } of this.#unanswered.values()) clearTimeout(again);
    const line = this.#line;
    this.#line = undefined;
    this.#becomes('signed_out');
    line?.close();
  }

  /** Keeps the scan until it is answered. */
  scan(scan: ScanMessage): void {
    this.#unanswered.set(scan.scanId, { scan, busyTimes: 0, again: undefined });
    if (this.status === 'connected') this.#line?.send(scan);
  }

  /** Waits for no answer to this scan any more. One that comes all the same says nothing. */
  forget(scanId: string): void {
    clearTimeout(this.#unanswered.get(scanId)?.again);
    this.#unanswered.delete(scanId);
  }

  #take(message: GateServerMessage, line: GateLine): void {
    switch (message.type) {
      case 'hello':
        return this.#greeted(message, line);
      case 'verdict':
      case 'refused':
        return this.#answered(message);
      case 'busy':
        return this.#sendLater(message.scanId);
      case 'pong':
        this.#clock.add(Date.parse(message.at), Date.parse(message.serverTime), Date.now());
        this.clockOffsetMs = this.#clock.offsetMs;
        return;
      case 'draining':
        // The old line still answers what it has taken; everything unanswered is sent on the new one as well.
        if (this.#line === line) this.#reconnect(0);
        return;
      case 'revoked_device':
        this.close();
        return;
      case 'config_changed':
        return;
    }
  }

  #greeted(hello: HelloMessage, line: GateLine): void {
    this.hello = hello;
    if (line !== this.#line) return;
    const isNew = this.status !== 'connected';
    this.#attempts = 0;
    if (isNew) for (const { scan } of this.#unanswered.values()) line.send(scan);
    this.#becomes('connected');
  }

  /** The same answer may come on two lines: the first one counts, and the second is the same. */
  #answered(answer: VerdictMessage | RefusedMessage): void {
    const waiting = this.#unanswered.get(answer.scanId ?? '');
    if (!waiting) return;
    // An answer to the question that was asked before this device decided alone.
    if (waiting.scan.alone && answer.type === 'verdict' && !answer.alone) return;
    clearTimeout(waiting.again);
    this.#unanswered.delete(waiting.scan.scanId);
    this.#handlers.onanswer(waiting.scan, answer);
  }

  #sendLater(scanId: string): void {
    const waiting = this.#unanswered.get(scanId);
    if (!waiting) return;
    clearTimeout(waiting.again);
    waiting.again = setTimeout(
      () => {
        if (this.status === 'connected') this.#line?.send(waiting.scan);
      },
      backoffMs(waiting.busyTimes++, Math.random()),
    );
  }

  #ended(line: GateLine, code: number): void {
    if (code === closeCodes.unauthorized || code === closeCodes.revoked) return this.close();
    if (line === this.#line) this.#reconnect(backoffMs(this.#attempts++, Math.random()));
  }

  #becomes(status: GateStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.#handlers.onstatus?.(status);
  }

  #reconnect(delayMs: number): void {
    this.#line = undefined;
    if (this.status === 'connected') this.#becomes('reconnecting');
    this.#retry = setTimeout(() => this.open(), delayMs);
  }
}

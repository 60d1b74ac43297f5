import { setTimeout as pause } from 'node:timers/promises';
import { Histogram } from '../measure/histogram.ts';
import { outcomeCode } from '../passes/outcome.ts';
import type { RunOrder, RunOutcome } from './orders.ts';
import type { PreparedScans } from './prepared-scans.ts';
import { isOfRun, scanIndexOf } from './scan-ids.ts';
import type { Line } from './wire.ts';

/** A scan that was told `busy` is sent again after this (ms), as a scanner does. */
const busyPauseMs = 50;

/** Once no more is sent, answers are waited for this long (ms); what is not answered then is lost. */
const drainMs = 10_000;

/** A run of few scans is over before the lead is: then its first fifth is the lead. */
const leadShareMax = 0.2;

/** How the scans of a run come: called at its start, and with each line that has its verdict. */
export interface Pace {
  start(run: Run): void;
  freed(line: Line): void;
}

/** Sends the prepared scans at a pace, and keeps what was answered when. */
export class Run {
  readonly lines: readonly Line[];
  readonly #scans: PreparedScans;
  readonly #pace: Pace;
  readonly #order: RunOrder;
  readonly #announce: (what: 'window_opened' | 'window_closed') => void;
  readonly #answers: Uint8Array;
  readonly #dueAt: Float64Array;
  readonly #latency = new Histogram();
  readonly #sendLag = new Histogram();
  readonly #closed = Promise.withResolvers<undefined>();
  #sent = 0;
  #openScans = 0;
  #windowFrom = Infinity;
  #windowTo = Infinity;
  #verdictsInWindow = 0;
  #busy = 0;
  #answeredTwice = 0;

  constructor(
    lines: readonly Line[],
    scans: PreparedScans,
    pace: Pace,
    order: RunOrder,
    announce: (what: 'window_opened' | 'window_closed') => void,
  ) {
    this.lines = lines;
    this.#scans = scans;
    this.#pace = pace;
    this.#order = order;
    this.#announce = announce;
    this.#answers = new Uint8Array(scans.count);
    this.#dueAt = new Float64Array(scans.count);
  }

  /** False once the window is closed, or all scans are sent. */
  get goesOn(): boolean {
    return this.#windowTo === Infinity;
  }

  async toEnd(): Promise<RunOutcome> {
    const lead = setTimeout(() => this.#openWindow(), this.#order.leadMs);
    this.#pace.start(this);
    await this.#closed.promise;
    clearTimeout(lead);
    const deadline = performance.now() + drainMs;
    while (this.#openScans > 0 && performance.now() < deadline) await pause(5);
    return this.#outcome();
  }

  /** Sends the next scan, which was due at this instant of `performance.now()`. */
  sendNext(line: Line, dueAt: number): void {
    const index = this.#sent;
    this.#sent += 1;
    this.#openScans += 1;
    this.#dueAt[index] = dueAt;
    line.send(this.#scans.frame(index));
    if (this.#isInWindow(dueAt)) this.#sendLag.record(performance.now() - dueAt);
    if (this.#windowFrom === Infinity && index > this.#scans.count * leadShareMax)
      this.#openWindow();
    if (this.#sent === this.#scans.count) this.#closeWindow();
  }

  heard(line: Line, text: string): void {
    const answer = JSON.parse(text) as { type: string; scanId?: string; verdict?: string };
    if (answer.scanId === undefined || !isOfRun(answer.scanId, this.#scans.runAt)) return;
    const index = scanIndexOf(answer.scanId);
    if (answer.type === 'busy') return this.#again(line, index);
    if (this.#answers[index] !== 0) {
      this.#answeredTwice += 1;
      return;
    }
    this.#answers[index] = outcomeCode(answer.verdict ?? answer.type) ?? 0;
    this.#openScans -= 1;
    this.#measure(this.#dueAt[index] ?? 0, performance.now());
    this.#pace.freed(line);
  }

  #measure(dueAt: number, now: number): void {
    if (this.#isInWindow(dueAt)) this.#latency.record(now - dueAt);
    if (this.#isInWindow(now)) this.#verdictsInWindow += 1;
  }

  #isInWindow(time: number): boolean {
    return time >= this.#windowFrom && time <= this.#windowTo;
  }

  #again(line: Line, index: number): void {
    this.#busy += 1;
    setTimeout(() => line.send(this.#scans.frame(index)), busyPauseMs);
  }

  #openWindow(): void {
    if (this.#windowFrom !== Infinity) return;
    this.#windowFrom = performance.now();
    this.#announce('window_opened');
    setTimeout(() => this.#closeWindow(), this.#order.windowMs);
  }

  #closeWindow(): void {
    if (this.#windowTo !== Infinity) return;
    this.#openWindow();
    this.#windowTo = performance.now();
    this.#announce('window_closed');
    this.#closed.resolve(undefined);
  }

  #outcome(): RunOutcome {
    return {
      runAt: this.#scans.runAt,
      cursor: this.#scans.cursorAfter(this.#sent) ?? 0,
      windowMs: this.#windowTo - this.#windowFrom,
      verdictsInWindow: this.#verdictsInWindow,
      latency: this.#latency.data,
      sendLag: this.#sendLag.data,
      busy: this.#busy,
      answeredTwice: this.#answeredTwice,
      expected: this.#scans.expected.slice(0, this.#sent),
      answers: this.#answers.slice(0, this.#sent),
    };
  }
}

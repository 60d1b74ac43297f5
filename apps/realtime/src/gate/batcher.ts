import type { GateScan, Judged, Judgement } from '@catraca/db/gate';
import postgres from 'postgres';
import type { Lane } from './lane.ts';

/** Scans in one batch: beyond that a batch gets slower, not cheaper. */
export const scansPerBatchMax = 160;

/** How long (ms) a scan waits for company when a connection is free. */
const collectMs = 2;

/** Scans that may wait: a fifth of a second at full speed. One more is told `busy`, which is kinder than a long wait. */
export const scansWaitingMax = 4_000;

/** A scan that nobody could judge in this time (ms) is told `busy`: the person at the gate should know by then. */
export const waitMaxMs = 1_500;
const sweepMs = 250;

/** `busy`: nothing is known of it; the same id may be sent again. */
export type Outcome = Judgement | { readonly kind: 'busy' };

export interface Job {
  readonly scan: GateScan;
  readonly done: (outcome: Outcome) => void;
}

/** How a batch went, in ms. */
export interface BatchTimes {
  readonly size: number;
  /** Its oldest scan, before it was taken up. */
  readonly waitedMs: number;
  /** From its first statement to its commit, races included. */
  readonly judgedMs: number;
  /** To hand each scan its answer. */
  readonly repliedMs: number;
}

export interface BatcherEvents {
  /** A batch came back, and its scans were answered. */
  judged(judged: Judged, times: BatchTimes): void;
  /** A batch failed: what was in it may have become durable all the same. */
  failed(error: unknown, size: number): void;
}

interface Waiting extends Job {
  readonly key: string;
  readonly since: number;
}

/**
 * Collects scans into batches and hands them to the lanes. A pass is in at most one batch in flight, so that this process
 * never races with itself; what comes for it meanwhile waits aside and keeps its order.
 */
export class Batcher {
  readonly #lanes: readonly Lane[];
  readonly #events: BatcherEvents;
  readonly #idle: Lane[];
  readonly #sweep: NodeJS.Timeout;
  #waiting: Waiting[] = [];
  /** Behind a pass that is in flight, by its key. */
  readonly #aside = new Map<string, Waiting[]>();
  readonly #inFlight = new Set<string>();
  #size = 0;
  #collecting: NodeJS.Timeout | undefined;

  constructor(lanes: readonly Lane[], events: BatcherEvents) {
    this.#lanes = lanes;
    this.#events = events;
    this.#idle = [...lanes];
    this.#sweep = setInterval(() => this.#tellLate(), sweepMs);
  }

  /** Connections with a batch in flight. */
  get lanesBusy(): number {
    return this.#lanes.length - this.#idle.length;
  }

  /** Scans that wait, not counting those in flight. */
  get waiting(): number {
    return this.#size;
  }

  /** Takes a scan, or tells it `busy` at once. */
  offer(job: Job): void {
    if (this.#size >= scansWaitingMax) return job.done({ kind: 'busy' });
    const { scan, done } = job;
    const waiting = { scan, done, key: keyOf(scan), since: performance.now() };
    this.#size += 1;
    if (this.#inFlight.has(waiting.key)) this.#putAside(waiting);
    else this.#waiting.push(waiting);
    this.#schedule();
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    clearTimeout(this.#collecting);
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #schedule(): void {
    if (this.#idle.length === 0 || this.#waiting.length === 0) return;
    if (this.#waiting.length >= scansPerBatchMax) this.#start();
    else this.#collecting ??= setTimeout(() => this.#start(), collectMs);
  }

  #start(): void {
    clearTimeout(this.#collecting);
    this.#collecting = undefined;
    const lane = this.#idle.pop();
    if (lane === undefined) return;
    const batch = this.#take();
    if (batch.length > 0) void this.#run(lane, batch);
    else this.#idle.push(lane);
    this.#schedule();
  }

  #take(): Waiting[] {
    const batch: Waiting[] = [];
    const keys = new Set<string>();
    let seen = 0;
    for (const job of this.#waiting) {
      if (batch.length === scansPerBatchMax) break;
      seen += 1;
      if (this.#inFlight.has(job.key) && !keys.has(job.key)) {
        this.#putAside(job);
        continue;
      }
      this.#inFlight.add(job.key);
      keys.add(job.key);
      batch.push(job);
    }
    this.#waiting = this.#waiting.slice(seen);
    this.#size -= batch.length;
    return batch;
  }

  #putAside(job: Waiting): void {
    const list = this.#aside.get(job.key);
    if (list) list.push(job);
    else this.#aside.set(job.key, [job]);
  }

  async #run(lane: Lane, batch: readonly Waiting[]): Promise<void> {
    const startedAt = performance.now();
    await this.#judge(lane, batch, startedAt - (batch[0]?.since ?? startedAt));
    this.#release(batch);
    this.#idle.push(lane);
    // What came meanwhile has waited long enough.
    this.#start();
  }

  async #judge(lane: Lane, batch: readonly Waiting[], waitedMs: number): Promise<void> {
    const startedAt = performance.now();
    let judged: Judged;
    try {
      judged = await lane.judge(batch.map(({ scan }) => scan));
    } catch (error) {
      // One scan spoils the batch: each is tried alone, so that only that one goes without an answer.
      if (isAboutData(error) && batch.length > 1) {
        for (const job of batch) await this.#judge(lane, [job], waitedMs);
        return;
      }
      this.#events.failed(error, batch.length);
      for (const { done } of batch) done({ kind: 'busy' });
      return;
    }
    const judgedAt = performance.now();
    for (const { scan, done } of batch) {
      done(judged.judgements.get(scan.scanId) ?? { kind: 'busy' });
    }
    const [judgedMs, repliedMs] = [judgedAt - startedAt, performance.now() - judgedAt];
    this.#events.judged(judged, { size: batch.length, waitedMs, judgedMs, repliedMs });
  }

  #release(batch: readonly Waiting[]): void {
    for (const { key } of batch) this.#inFlight.delete(key);
    if (this.#aside.size === 0) return;
    const freed: Waiting[] = [];
    for (const { key } of batch) {
      freed.push(...(this.#aside.get(key) ?? []));
      this.#aside.delete(key);
    }
    if (freed.length > 0) this.#waiting = [...freed, ...this.#waiting];
  }

  #tellLate(): void {
    const before = performance.now() - waitMaxMs;
    const late = (job: Waiting) => job.since < before;
    const told = [...this.#waiting, ...[...this.#aside.values()].flat()].filter(late);
    if (told.length === 0) return;
    this.#waiting = this.#waiting.filter((job) => !late(job));
    for (const [key, jobs] of this.#aside) {
      const left = jobs.filter((job) => !late(job));
      if (left.length > 0) this.#aside.set(key, left);
      else this.#aside.delete(key);
    }
    this.#size -= told.length;
    for (const { done } of told) done({ kind: 'busy' });
  }
}

/** Scans that may concern the same pass have the same key. A barcode's pass is not known yet: the unique key of the log arbitrates. */
function keyOf({ code, scanId }: GateScan): string {
  if (code.kind === 'token') return String(code.claims.passId);
  return code.kind === 'barcode' ? code.number : scanId;
}

/** SQLSTATE classes that blame a value: 22, data exception; 23, integrity constraint violation. */
function isAboutData(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^2[23]/.test(error.code);
}

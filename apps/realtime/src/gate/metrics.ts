import type { Spent } from '@catraca/db/gate';
import type { ScanAnswer } from '@catraca/protocol';
import { Counter, Histogram, type Registry } from 'prom-client';
import { addCounter, addGauge } from '../metrics.ts';
import type { BatchTimes } from './batcher.ts';

/** Seconds: from the goal of a few milliseconds to where a person at a gate has given up. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What takes no more than a few milliseconds of this process's own time. */
const shortSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05];

/** What is read when the metrics are asked for. */
export interface GateLevels {
  waiting(): number;
  open(): number;
  verifying(): number;
  lanesBusy(): number;
}

/** Numbers about the gate, for Prometheus: one histogram for each stage that a scan goes through. */
export class GateMetrics {
  readonly #registry: Registry;
  /** Counted here and told when asked: a label that is looked up for each scan costs more than the count. */
  readonly #answers = new Map<string, number>();
  readonly #answerSeconds: Histogram;
  readonly #batchSize: Histogram;
  readonly #waitSeconds: Histogram;
  readonly #batchSeconds: Histogram;
  readonly #readSeconds: Histogram;
  readonly #decideSeconds: Histogram;
  readonly #commitSeconds: Histogram;
  readonly #replySeconds: Histogram;
  #limited = 0;
  #failed = 0;
  #racesLost = 0;

  constructor(registry: Registry) {
    this.#registry = registry;
    const timed = (name: string, help: string, buckets = seconds) =>
      new Histogram({ name: `catraca_gate_${name}`, help, buckets, registers: [registry] });
    this.#answerSeconds = timed('answer_seconds', 'From a scan’s arrival to its answer.');
    this.#waitSeconds = timed(
      'wait_seconds',
      'How long the oldest scan of a batch waited for it to start.',
    );
    this.#batchSeconds = timed(
      'batch_seconds',
      'From a batch’s first statement to its commit, races included.',
    );
    this.#readSeconds = timed('read_seconds', 'To read the passes of a batch.');
    this.#decideSeconds = timed('decide_seconds', 'To decide a batch.', shortSeconds);
    this.#commitSeconds = timed('commit_seconds', 'To write a batch, until its commit.');
    this.#replySeconds = timed('reply_seconds', 'To answer the scans of a batch.', shortSeconds);
    this.#batchSize = new Histogram({
      name: 'catraca_gate_batch_size',
      help: 'Scans in a batch.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 160],
      registers: [registry],
    });
    this.#addCounters();
  }

  answered(answer: ScanAnswer, tookMs: number): void {
    const name = answer.type === 'verdict' ? answer.verdict : answer.type;
    this.#answers.set(name, (this.#answers.get(name) ?? 0) + 1);
    this.#answerSeconds.observe(tookMs / 1000);
  }

  /** A scan was beyond its device's rate. */
  limited(): void {
    this.#limited += 1;
  }

  failed(): void {
    this.#failed += 1;
  }

  batch({ size, waitedMs, judgedMs, repliedMs }: BatchTimes, spent: Spent): void {
    this.#batchSize.observe(size);
    this.#waitSeconds.observe(waitedMs / 1000);
    this.#batchSeconds.observe(judgedMs / 1000);
    this.#readSeconds.observe(spent.readMs / 1000);
    this.#decideSeconds.observe(spent.decideMs / 1000);
    this.#commitSeconds.observe(spent.writeMs / 1000);
    this.#replySeconds.observe(repliedMs / 1000);
    this.#racesLost += Math.max(0, spent.rounds - 1);
  }

  observe({ waiting, open, verifying, lanesBusy }: GateLevels): void {
    const gauge = (name: string, help: string, read: () => number) =>
      addGauge(this.#registry, `catraca_gate_${name}`, help, read);
    gauge('waiting', 'Scans that wait for a batch.', waiting);
    gauge('open', 'Scans that are not answered yet.', open);
    gauge('verifying', 'Tokens whose signature is being verified.', verifying);
    gauge('lanes_busy', 'Connections with a batch in flight.', lanesBusy);
  }

  #addCounters(): void {
    const answers = this.#answers;
    new Counter({
      name: 'catraca_gate_answers_total',
      help: 'Answers to scans that were taken: a verdict, busy, or refused.',
      labelNames: ['answer'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [answer, count] of answers) this.inc({ answer }, count);
      },
    });
    const counter = (name: string, help: string, read: () => number) =>
      addCounter(this.#registry, `catraca_gate_${name}`, help, read);
    counter('limited_total', 'Scans beyond the rate of their device.', () => this.#limited);
    counter('failed_batches_total', 'Batches that the database failed.', () => this.#failed);
    counter('races_lost_total', 'Times a batch began again.', () => this.#racesLost);
  }
}

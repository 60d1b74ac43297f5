import type { ScanAnswer } from '@catraca/protocol';
import { Counter, Histogram, type Registry } from 'prom-client';
import { addGauge } from '../metrics.ts';

/** Seconds: from the goal of a few milliseconds to where a person at a gate has given up. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What is read when the metrics are asked for. */
export interface GateLevels {
  waiting(): number;
  open(): number;
  verifying(): number;
}

/** Numbers about the gate, for Prometheus. */
export class GateMetrics {
  readonly #registry: Registry;
  readonly #answers: Counter<'answer'>;
  readonly #answerSeconds: Histogram;
  readonly #waitSeconds: Histogram;
  readonly #batchSeconds: Histogram;
  readonly #batchSize: Histogram;

  constructor(registry: Registry) {
    this.#registry = registry;
    const registers = [registry];
    this.#answers = new Counter({
      name: 'catraca_gate_answers_total',
      help: 'Answers to scans: a verdict, busy, or refused.',
      labelNames: ['answer'],
      registers,
    });
    const timed = (name: string, help: string) =>
      new Histogram({ name, help, buckets: seconds, registers });
    this.#answerSeconds = timed(
      'catraca_gate_answer_seconds',
      'From a scan’s arrival to its answer.',
    );
    this.#waitSeconds = timed(
      'catraca_gate_wait_seconds',
      'How long the oldest scan of a batch waited for it to start.',
    );
    this.#batchSeconds = timed(
      'catraca_gate_batch_seconds',
      'From a batch’s first statement to its commit, races included.',
    );
    this.#batchSize = new Histogram({
      name: 'catraca_gate_batch_size',
      help: 'Scans in a batch.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200],
      registers,
    });
  }

  answered(answer: ScanAnswer, tookMs: number): void {
    this.#answers.inc({ answer: answer.type === 'verdict' ? answer.verdict : answer.type });
    this.#answerSeconds.observe(tookMs / 1000);
  }

  batch(size: number, waitedMs: number, tookMs: number): void {
    this.#batchSize.observe(size);
    this.#waitSeconds.observe(waitedMs / 1000);
    this.#batchSeconds.observe(tookMs / 1000);
  }

  observe({ waiting, open, verifying }: GateLevels): void {
    const gauge = (name: string, help: string, read: () => number) =>
      addGauge(this.#registry, `catraca_gate_${name}`, help, read);
    gauge('waiting', 'Scans that wait for a batch.', waiting);
    gauge('open', 'Scans that are not answered yet.', open);
    gauge('verifying', 'Tokens whose signature is being verified.', verifying);
  }
}

import type { HistogramData } from '../measure/histogram.ts';
import type { TokenFacts } from '../passes/pass.ts';
import type { Entrance, Walk } from '../passes/plan.ts';

/** The checkpoints at each entrance. */
export type Checkpoints = Readonly<Record<Entrance, readonly string[]>>;

/** All a generator must know of the benchmark's event to write scans for it. */
export interface ScanFacts {
  readonly token: TokenFacts;
  readonly checkpoints: Checkpoints;
}

/**
 * `closed`: each scanner scans again as soon as it has its verdict. `open`: so many scans a second in all, come what may; their latency
 * counts from the moment each was due, so that a service that stalls is charged for all who wait.
 */
export type Load =
  { readonly kind: 'closed' } | { readonly kind: 'open'; readonly perSecond: number };

export interface RunOrder {
  readonly load: Load;
  /** Ms before the window opens: the load has begun, and nothing is counted yet. */
  readonly leadMs: number;
  readonly windowMs: number;
}

/** What the harness tells a generator. */
export type Order =
  | {
      readonly kind: 'connect';
      readonly wire: 'gate' | 'http';
      readonly ports: readonly number[];
      readonly scanners: number;
    }
  /** Writes the frames of at most `scansMax` scans. */
  | {
      readonly kind: 'prepare';
      readonly facts: ScanFacts;
      readonly walk: Walk;
      readonly scansMax: number;
    }
  | ({ readonly kind: 'run' } & RunOrder);

/** What it answers: one for `connect` and `prepare`, three for `run`. */
export type Report =
  | { readonly kind: 'connected' }
  | { readonly kind: 'prepared' }
  | { readonly kind: 'window_opened' }
  | { readonly kind: 'window_closed' }
  | { readonly kind: 'finished'; readonly outcome: RunOutcome };

export interface RunOutcome {
  /** The time in the scan ids of this run (`scan-ids.ts`). */
  readonly runAt: number;
  /** Where the walk through the passes stands after the scans that were sent. */
  readonly cursor: number;
  readonly windowMs: number;
  /** Verdicts that came while the window was open. */
  readonly verdictsInWindow: number;
  /** Of the scans that were due while the window was open. */
  readonly latency: HistogramData;
  /** How late those were sent: what the generator itself adds to an open loop's latencies. */
  readonly sendLag: HistogramData;
  /** Scans that were told `busy`, and sent again. */
  readonly busy: number;
  /** Answers to scans that had one already. */
  readonly answeredTwice: number;
  /** Of the scans that were sent, in that order: see `passes/outcome.ts`. */
  readonly expected: Uint8Array;
  readonly answers: Uint8Array;
}

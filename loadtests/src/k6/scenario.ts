import type { LoadSite } from './load-site.ts';
import type { Outcome } from './report.ts';
import type { K6Result } from './run-k6.ts';

/** How large a run is; what a scenario has no use for it leaves. */
export interface Scale {
  readonly people: number;
  /** Gates, each with a device and its WebSocket. */
  readonly gates: number;
  readonly minutes: number;
  readonly walls: number;
  /** Scans a second. */
  readonly rate: number;
}

/** What a scenario works with. */
export interface Bench {
  readonly site: LoadSite;
  readonly scale: Scale;
  say(line: string): void;
  /** Runs the scenario's k6 script to its end. */
  k6(): Promise<K6Result>;
}

export interface Scenario {
  /** What it does, for `--help`. */
  readonly about: string;
  readonly scale: Scale;
  readonly needsWeb: boolean;
  run(bench: Bench): Promise<Outcome>;
}

/** Between the moment k6 is started and the first scan: its VUs and sockets come up in this time (ms). */
export const settleMs = 5_000;
/** After the last scan is due, open scans and walls have this long (ms). */
export const endWithinMs = 20_000;

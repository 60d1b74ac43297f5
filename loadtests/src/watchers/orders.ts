import type { LiveTotals } from '@catraca/protocol';
import type { HistogramData } from '../measure/histogram.ts';

export type WatchersOrder =
  | {
      readonly kind: 'connect';
      readonly ports: readonly number[];
      readonly ticket: string;
      readonly watchers: number;
    }
  /** Counting begins anew. */
  | { readonly kind: 'count' }
  /** What was counted since. */
  | { readonly kind: 'report' };

export type WatchersReport =
  | { readonly kind: 'connected' }
  | {
      readonly kind: 'watched';
      readonly frames: number;
      readonly bytes: number;
      /** Frames that show everything: the first of each wall, and those of walls that could not keep up. */
      readonly snapshots: number;
      /** Frames that did not follow the one before. */
      readonly gaps: number;
      /** Walls whose connection was ended. */
      readonly closed: number;
      /** From the making of a frame to its being read, of walls that read all. */
      readonly age: HistogramData;
      /** What those walls show now. */
      readonly shown: readonly LiveTotals[];
    };

export type Watched = Extract<WatchersReport, { kind: 'watched' }>;

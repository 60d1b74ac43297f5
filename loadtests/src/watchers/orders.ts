import type { LiveTotals } from '@catraca/protocol';
import type { HistogramData } from '../measure/histogram.ts';

export type WatchersOrder =
  | {
      readonly kind: 'connect';
      readonly ports: readonly number[];
      readonly ticket: string;
      readonly watchers: number;
      /** So many of them never read what they are sent. */
      readonly stalled: number;
    }
  /** Counting begins anew. */
  | { readonly kind: 'count' }
  /** What was counted since. */
  | { readonly kind: 'report' }
  /** All that read lose their lines, and come back at once: every second one where it was, the others new. */
  | { readonly kind: 'storm' };

export type WatchersReport =
  | { readonly kind: 'connected' }
  /** `current`: from the cut to the first frame of each wall. */
  | { readonly kind: 'stormed'; readonly current: HistogramData }
  | {
      readonly kind: 'watched';
      readonly frames: number;
      readonly bytes: number;
      /** Frames that show everything: the first of each wall, and those of walls that could not keep up. */
      readonly snapshots: number;
      /** Frames that did not follow the one before. */
      readonly gaps: number;
      /** Walls whose connection was ended by the service, of those that read. */
      readonly closed: number;
      /** From the making of a frame to its being read, of walls that read all. */
      readonly age: HistogramData;
      /** From the judging of a scan to its being read, of all scans that those walls were shown. */
      readonly delivery: HistogramData;
      /** What those walls show now. */
      readonly shown: readonly LiveTotals[];
    };

export type Watched = Extract<WatchersReport, { kind: 'watched' }>;

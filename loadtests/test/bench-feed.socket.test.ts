import { expect, test } from 'vitest';
import type { FeedMeasurement } from '../src/measure-feed.ts';
import { benchWithinMs, noFaults, runTinyBench } from './tiny-bench.ts';

test(
  'the benchmark of the feed, for a second with forty walls: none misses a frame, and all come back from a storm',
  async () => {
    const { stdout, modes } = await runTinyBench<FeedMeasurement>('bench-feed.ts', [
      ...['--passes', '1000', '--watchers', '40', '--scans', '100'],
    ]);
    expect(stdout).toContain('deliveries a core-second');
    expect(Object.keys(modes)).toEqual(['busy', 'calm', 'usual']);
    for (const [mode, { faults, figures }] of Object.entries(modes)) {
      expect(faults, mode).toEqual(noFaults);
      expect(figures.deliveriesPerSecond, mode).toBeGreaterThan(40);
      expect(figures.stormMax, mode).toBeGreaterThan(0);
    }
  },
  benchWithinMs,
);

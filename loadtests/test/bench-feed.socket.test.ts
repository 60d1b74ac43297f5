import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { FeedMeasurement } from '../src/measure-feed.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'catraca-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sound = {
  ...{ doubleAdmissions: 0, lost: 0, wrong: {}, notInLog: 0, answeredTwice: 0, wrongCounters: 0 },
  ...{ feedGaps: 0, wallsClosed: 0, wrongTotals: 0 },
};

test('the benchmark of the feed, for a second with forty walls: none misses a frame, and all come back from a storm', async () => {
  const json = path.join(folder, 'feed.json');
  const bench = path.join(import.meta.dirname, '../src/bench-feed.ts');
  const { stdout } = await run(process.execPath, [
    ...[bench, '--passes', '1000', '--runs', '1', '--seconds', '1', '--warmup', '1'],
    ...['--watchers', '40', '--scans', '100'],
    ...['--data', path.join(folder, 'data'), '--json', json],
  ]);
  expect(stdout).toContain('deliveries a core-second');

  const result = JSON.parse(readFileSync(json, 'utf8')) as {
    machine: { settings: { fsync: string } };
    modes: { mode: string; runs: FeedMeasurement[] }[];
  };
  expect(result.machine.settings.fsync).toBe('on');
  expect(result.modes.map(({ mode }) => mode)).toEqual(['busy', 'calm', 'usual']);
  for (const { mode, runs } of result.modes) {
    expect(runs).toHaveLength(1);
    expect(runs[0]?.faults, mode).toEqual(sound);
    expect(runs[0]?.figures.deliveriesPerSecond, mode).toBeGreaterThan(40);
    expect(runs[0]?.figures.stormMax, mode).toBeGreaterThan(0);
  }
}, 300_000);

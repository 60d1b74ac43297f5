import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { Measurement } from '../src/measure-mode.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'catraca-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sound = {
  ...{ doubleAdmissions: 0, lost: 0, wrong: {}, notInLog: 0, answeredTwice: 0, wrongCounters: 0 },
  ...{ feedGaps: 0, wallsClosed: 0, wrongTotals: 0 },
};

test('the benchmark of the gate, for a second with a thousand passes: every verdict is right and in the log', async () => {
  const json = path.join(folder, 'gate.json');
  const bench = path.join(import.meta.dirname, '../src/bench-gate.ts');
  const { stdout } = await run(process.execPath, [
    ...[bench, '--passes', '1000', '--runs', '1', '--seconds', '1', '--warmup', '1'],
    ...['--modes', 'closed,usual,two,walls', '--watchers', '20'],
    ...['--data', path.join(folder, 'data'), '--json', json],
  ]);
  expect(stdout).toContain('No double admission');

  const result = JSON.parse(readFileSync(json, 'utf8')) as {
    machine: { settings: { fsync: string } };
    modes: { mode: string; runs: Measurement[] }[];
  };
  expect(result.machine.settings.fsync).toBe('on');
  expect(result.modes.map(({ mode }) => mode)).toEqual(['closed', 'usual', 'two', 'walls']);
  for (const { mode, runs } of result.modes) {
    expect(runs).toHaveLength(1);
    expect(runs[0]?.faults, mode).toEqual(sound);
    expect(runs[0]?.verdicts['admitted'], mode).toBeGreaterThan(50);
  }
}, 300_000);

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { SaleMeasurement } from '../src/sale/measure-sale.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'catraca-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Here, where the production build of the web app is.
test('the benchmark of the sale, for a second: nothing oversold, and every buyer was told the truth', async () => {
  const json = path.join(folder, 'sale.json');
  const bench = path.join(import.meta.dirname, '../src/bench-sale.ts');
  const { stdout } = await run(process.execPath, [
    ...[bench, '--runs', '1', '--seconds', '1', '--warmup', '1', '--buyers', '8'],
    ...['--modes', 'whole,usual,seats,usual-seats,page', '--data', path.join(folder, 'data')],
    ...['--json', json],
  ]);
  expect(stdout).toContain('Nothing oversold');

  const result = JSON.parse(readFileSync(json, 'utf8')) as {
    machine: { settings: { fsync: string } };
    modes: { mode: string; runs: SaleMeasurement[] }[];
  };
  expect(result.machine.settings.fsync).toBe('on');
  for (const { mode, runs } of result.modes) {
    expect(runs).toHaveLength(1);
    expect(runs[0]?.faults, mode).toEqual([]);
    expect(runs[0]?.paid, mode).toBeGreaterThanOrEqual(mode === 'page' ? 0 : 5);
  }
}, 300_000);

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);

/** Of a benchmark that starts all its services: a machine that runs all tests at once is slow. */
export const benchWithinMs = 300_000;

/** A benchmark as its users run it, only for a second and once. Says what it printed, and the runs of each mode. */
export async function runTinyBench<Measurement>(
  script: `bench-${string}.ts`,
  args: readonly string[],
): Promise<{ stdout: string; modes: Record<string, Measurement> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-bench-'));
  try {
    const json = path.join(folder, 'result.json');
    const { stdout } = await run(process.execPath, [
      ...[path.join(import.meta.dirname, '../src', script), ...args],
      ...['--runs', '1', '--seconds', '1', '--warmup', '1'],
      ...['--data', path.join(folder, 'data'), '--json', json],
    ]);
    const result = JSON.parse(readFileSync(json, 'utf8')) as {
      machine: { settings: { fsync: string } };
      modes: { mode: string; runs: [Measurement] }[];
    };
    expect(result.machine.settings.fsync).toBe('on');
    for (const { mode, runs } of result.modes) expect(runs, mode).toHaveLength(1);
    const modes = Object.fromEntries(result.modes.map(({ mode, runs: [only] }) => [mode, only]));
    return { stdout, modes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What no run of the gate or of the feed may have. */
export const noFaults = {
  ...{ doubleAdmissions: 0, lost: 0, wrong: {}, notInLog: 0, answeredTwice: 0, wrongCounters: 0 },
  ...{ feedGaps: 0, wallsClosed: 0, wrongTotals: 0 },
};

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findK6, howToGetK6 } from '../src/k6/find-k6.ts';
import { exitCodes } from '../src/k6/report.ts';

const load = path.resolve(import.meta.dirname, '../src/k6/load.ts');

test('the smallest load test runs to its end, and its books are right', ({ skip }) => {
  if (findK6() === undefined) {
    // The reporter counts what was skipped, and does not say why.
    console.log(`Skipped, since there is no k6 here. ${howToGetK6}`);
    skip(howToGetK6);
  }
  const run = spawnSync(process.execPath, [load, '01-smoke'], {
    encoding: 'utf8',
    timeout: 150_000,
  });
  // A machine that runs all tests at once may be slow; it may not be wrong.
  expect([exitCodes.sound, exitCodes.slow], run.stdout + run.stderr).toContain(run.status);
});

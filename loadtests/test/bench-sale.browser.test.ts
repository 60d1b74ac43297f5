import { expect, test } from 'vitest';
import type { SaleMeasurement } from '../src/sale/measure-sale.ts';
import { benchWithinMs, runTinyBench } from './tiny-bench.ts';

// Here, where the production build of the web app is.
test(
  'the benchmark of the sale, for a second: nothing oversold, and every buyer was told the truth',
  async () => {
    const wanted = ['whole', 'seats', 'usual-seats', 'page'];
    const { stdout, modes } = await runTinyBench<SaleMeasurement>('bench-sale.ts', [
      ...['--buyers', '8', '--modes', wanted.join()],
    ]);
    expect(stdout).toContain('Nothing oversold');
    expect(Object.keys(modes)).toEqual(wanted);
    for (const [mode, { faults, paid }] of Object.entries(modes)) {
      expect(faults, mode).toEqual([]);
      expect(paid, mode).toBeGreaterThanOrEqual(mode === 'page' ? 0 : 5);
    }
  },
  benchWithinMs,
);

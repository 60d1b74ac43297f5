import { expect, test } from 'vitest';
import type { Measurement } from '../src/measure-mode.ts';
import { benchWithinMs, noFaults, runTinyBench } from './tiny-bench.ts';

test(
  'the benchmark of the gate, for a second with a thousand passes: every verdict is right and in the log',
  async () => {
    const { stdout, modes } = await runTinyBench<Measurement>('bench-gate.ts', [
      ...['--passes', '1000', '--modes', 'closed,usual,two,walls', '--watchers', '20'],
    ]);
    expect(stdout).toContain('No double admission');
    expect(Object.keys(modes)).toEqual(['closed', 'usual', 'two', 'walls']);
    for (const [mode, { faults, verdicts }] of Object.entries(modes)) {
      expect(faults, mode).toEqual(noFaults);
      expect(verdicts['admitted'], mode).toBeGreaterThan(50);
    }
  },
  benchWithinMs,
);

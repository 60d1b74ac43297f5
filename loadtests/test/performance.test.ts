import { expect, test } from 'vitest';
import { bars, lines } from '../src/performance/plot.ts';
import { goals } from '../src/performance/sections.ts';

test('a goal that was missed stands out', () => {
  const table = goals([
    { what: 'verdicts a second', goal: '>= 20,000', figure: 21_400, reached: true },
    { what: 'p99', goal: '<= 12 ms', figure: 14.2, reached: false },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| verdicts a second | >= 20,000 | 21,400 | yes |',
    '| p99 | <= 12 ms | 14.2 | **no** |',
  ]);
});

test('plots name what they show', async () => {
  const speed = await bars('Speed', 'scans/s', [
    { name: 'ours', value: 20_000 },
    { name: 'the usual design', value: 500 },
  ]);
  for (const words of ['Speed', 'scans/s', 'ours', 'the usual design']) {
    expect(speed).toContain(`>${words}<`);
  }
  const axes = {
    x: { title: 'passes', scale: 'log' },
    y: { title: 'µs', scale: 'linear' },
  } as const;
  const growth = await lines('Growth', axes, [
    { line: 'unused', x: 10, y: 1 },
    { line: 'unused', x: 1_000, y: 2 },
  ]);
  for (const words of ['Growth', 'passes', 'µs']) expect(growth).toContain(`>${words}<`);
});

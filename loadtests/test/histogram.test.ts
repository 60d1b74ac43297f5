import { expect, test } from 'vitest';
import { Histogram } from '../src/measure/histogram.ts';

/** The definition, on all values. */
function exactPercentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** From a few µs to a minute, most of them small, as latencies are; the same ones every time. */
const latencies = Array.from({ length: 20_000 }, (_, i) => {
  const share = ((i * 7919) % 20_011) / 20_011;
  return 0.003 * Math.exp(share ** 3 * Math.log(60_000 / 0.003));
});

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

test.each([1, 50, 90, 99, 99.9, 100])(
  'percentile %d is within 0.8 %% of the exact one',
  (percent) => {
    const exact = exactPercentile(latencies, percent);
    const told = histogramOf(latencies).percentile(percent);
    // Rounding to whole µs, and the width of a bucket upwards.
    expect(told).toBeGreaterThanOrEqual(exact - 0.0005);
    expect(told).toBeLessThanOrEqual(exact * (1 + 1 / 128) + 0.0005);
  },
);

test('every whole number of µs below 256 is exact', () => {
  for (let us = 0; us < 256; us++) {
    const histogram = histogramOf([us / 1000, 1000]);
    expect(histogram.percentile(50)).toBe(us / 1000);
  }
});

test('the largest value is itself, and so is its percentile', () => {
  const histogram = histogramOf([1, 2, 54_321.5]);
  expect(histogram.max).toBe(54_321.5);
  expect(histogram.percentile(100)).toBe(54_321.5);
});

test('histograms that are added, or sent to another process, tell what one of all values tells', () => {
  const sum = new Histogram();
  sum.add(histogramOf(latencies.slice(0, 5_000)));
  sum.add(new Histogram(structuredClone(histogramOf(latencies.slice(5_000)).data)));
  const all = histogramOf(latencies);
  expect(sum.count).toBe(all.count);
  for (const percent of [1, 50, 99, 100]) {
    expect(sum.percentile(percent)).toBe(all.percentile(percent));
  }
});

test('nothing was recorded: there is no percentile', () => {
  expect(new Histogram().percentile(50)).toBeNaN();
});

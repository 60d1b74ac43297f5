import { expect, test } from 'vitest';
import { passesFor } from './frame-schedule.ts';

const cycle = Array.from({ length: 8 }, (_, i) => passesFor(i + 1));
const framesWith = (matches: (pass: ReturnType<typeof passesFor>[number]) => boolean) =>
  cycle.filter((passes) => passes.some(matches)).length;

test('the first look after a reading is the centre alone: the quickest way to the next ticket', () => {
  expect(passesFor(0)).toEqual([{ region: 'centre', scale: 1, sharpen: false, reader: 'wasm' }]);
});

test('every frame begins with the plain centre', () => {
  for (const passes of cycle) expect(passes[0]).toEqual(passesFor(0)[0]);
});

test('of eight misses, four are read enlarged, two sharpened, two whole, one by the other library', () => {
  expect(framesWith((pass) => pass.scale === 2)).toBe(4);
  expect(framesWith((pass) => pass.sharpen)).toBe(2);
  expect(framesWith((pass) => pass.region === 'whole')).toBe(2);
  expect(framesWith((pass) => pass.reader === 'library')).toBe(1);
});

test('the turns go on for ever', () => {
  for (const [i, passes] of cycle.entries()) expect(passesFor(i + 1 + 80)).toEqual(passes);
});

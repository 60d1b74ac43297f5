import { expect, test } from 'vitest';
import { regionOf } from './region.ts';

test('the whole frame is the frame', () => {
  expect(regionOf('whole', 1920, 1080)).toEqual({ x: 0, y: 0, width: 1920, height: 1080 });
});

test('in a lying frame the centre is wider than high, for printed barcodes', () => {
  expect(regionOf('centre', 1920, 1080)).toEqual({ x: 420, y: 135, width: 1080, height: 810 });
});

test('in a standing frame the centre takes all of the width it has', () => {
  expect(regionOf('centre', 1080, 1920)).toEqual({ x: 0, y: 555, width: 1080, height: 810 });
});

test.each([
  [640, 480],
  [480, 640],
  [1, 1],
  [1281, 719],
])('the centre of %i × %i has the middle of the frame as its own and stays inside', (w, h) => {
  const { x, y, width, height } = regionOf('centre', w, h);
  expect(Math.abs(x + width / 2 - w / 2)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(y + height / 2 - h / 2)).toBeLessThanOrEqual(0.5);
  expect(Math.min(x, y, w - x - width, h - y - height)).toBeGreaterThanOrEqual(0);
});

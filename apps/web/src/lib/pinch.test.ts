import { expect, test } from 'vitest';
import { pinchOf } from './pinch.ts';

test('fingers that go apart enlarge around the middle between them, which goes half as far', () => {
  const moving = { from: { x: 100, y: 50 }, to: { x: 200, y: 50 } };
  expect(pinchOf(moving, { x: 0, y: 50 })).toEqual({
    by: { x: 50, y: 0 },
    at: { x: 100, y: 50 },
    factor: 2,
  });
});

test('fingers on one place enlarge nothing', () => {
  const there = { x: 10, y: 10 };
  expect(pinchOf({ from: there, to: { x: 20, y: 10 } }, there).factor).toBe(1);
});

import { expect, test } from 'vitest';
import { fitText, mmPerPoint } from './fit-text.ts';

/** Each letter is half as wide as it is tall. */
const measure = (text: string) => text.length / 2;
const box = { width: 100 * mmPerPoint, height: 50 * mmPerPoint };

test('a short text has the size it is given', () => {
  expect(fitText('Ana Lima', box, 20, measure)).toEqual({ size: 20, lines: ['Ana Lima'] });
});

test('a longer one takes lines first, and then shrinks', () => {
  expect(fitText('Ana Maria Lima', box, 20, measure)).toEqual({
    size: 20,
    lines: ['Ana Maria', 'Lima'],
  });
  const { size, lines } = fitText('Wolfeschlegelsteinhausen Maria', box, 20, measure);
  expect(size).toBeLessThan(9);
  expect(lines[0]).toContain('Wolfeschlegelsteinhausen');
});

test('at the smallest size what has no room is left out', () => {
  const { size, lines } = fitText('word '.repeat(500), box, 20, measure);
  expect([size, lines.length]).toEqual([5, 8]);
});

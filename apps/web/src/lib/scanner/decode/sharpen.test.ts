import { expect, test } from 'vitest';
import { sharpen } from './sharpen.ts';

function pictureOf(rows: number[][]) {
  const levels = rows.flat();
  const data = Uint8ClampedArray.from(levels.flatMap((level) => [level, level, level, 255]));
  return { data, width: rows[0]?.length ?? 0, height: rows.length };
}

function levelsOf({ data }: { data: Uint8ClampedArray }): number[] {
  return [...data].filter((_, i) => i % 4 === 0);
}

test('an even surface stays as it is', () => {
  const picture = pictureOf([
    [90, 90, 90],
    [90, 90, 90],
    [90, 90, 90],
  ]);
  sharpen(picture);
  expect(levelsOf(picture)).toEqual(Array(9).fill(90));
});

test('a soft edge becomes a steep one, from the original levels and not from the ones just written', () => {
  const picture = pictureOf([
    [60, 60, 110, 160, 160],
    [60, 60, 110, 160, 160],
    [60, 60, 110, 160, 160],
  ]);
  sharpen(picture);
  expect(levelsOf(picture).slice(5, 10)).toEqual([60, 10, 110, 210, 160]);
});

test('what would be darker than black or brighter than white is cut off', () => {
  const picture = pictureOf([
    [255, 255, 255, 0, 0],
    [255, 255, 255, 0, 0],
    [255, 255, 255, 0, 0],
  ]);
  sharpen(picture);
  expect(levelsOf(picture).slice(5, 10)).toEqual([255, 255, 255, 0, 0]);
});

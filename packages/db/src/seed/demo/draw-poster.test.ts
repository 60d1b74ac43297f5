import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawPoster } from './draw-poster.ts';

const file = new URL('../../../../../apps/web/static/demo/poster.svg', import.meta.url);

test('the poster in the shop is what is drawn here', () => {
  expect(readFileSync(file, 'utf8')).toBe(drawPoster());
});

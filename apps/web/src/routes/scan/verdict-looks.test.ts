import { verdicts } from '@catraca/domain';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { classOf } from '#lib/scanner/verdict-class.ts';
import { discLooks, verdictLooks } from './verdict-looks.ts';

const css = readFileSync(new URL('../../app.css', import.meta.url), 'utf8');

/** Contrast of WCAG 2.2 for sunlight and tired eyes (AAA). */
const contrastMin = 7;

function luminance(name: string): number {
  const hex = new RegExp(`--color-${name}: #([0-9a-f]{6});`).exec(css)?.[1];
  if (!hex)
    throw new Error(`--color-${name} is no plain colour: verdicts look the same by day and night`);
  const [r = 0, g = 0, b = 0] = (hex.match(/../g) ?? []).map((pair) => {
    const level = Number.parseInt(pair, 16) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrastOf(look: string): number {
  const [ground, ink] = [/bg-([\w-]+)/, /text-([\w-]+)/].map((part) =>
    luminance(part.exec(look)?.[1] ?? ''),
  );
  const [dark = 0, bright = 0] = [ground ?? 0, ink ?? 0].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

test.each([...Object.entries(verdictLooks), ...Object.entries(discLooks)])(
  '%s: %s can be read in the sun',
  (_, look) => expect(contrastOf(look)).toBeGreaterThanOrEqual(contrastMin),
);

test('green is for admissions alone', () => {
  const green = verdicts.filter((verdict) => verdictLooks[classOf(verdict)].includes('bg-go'));
  expect(green).toEqual(['admitted', 'exited']);
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { locales } from '#lib/paraglide/runtime.js';

const folder = path.resolve(import.meta.dirname, '../../messages');
const areas = readdirSync(folder);

function readMessages(area: string, locale: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(folder, area, `${locale}.json`), 'utf8'));
}

/** The names in braces, wherever in a message they stand. */
function placeholders(message: unknown): string[] {
  const names = JSON.stringify(message).matchAll(/\{(\w+)\}/g);
  return [...new Set([...names].map(([, name]) => name ?? ''))].sort();
}

describe.each(areas)('the words of %s', (area) => {
  const english = readMessages(area, 'en');

  test.each(locales)('are complete in %s', (locale) => {
    const words = readMessages(area, locale);
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
    for (const [key, message] of Object.entries(words)) {
      expect(JSON.stringify(message), key).not.toBe('""');
      expect(placeholders(message), key).toEqual(placeholders(english[key]));
    }
  });
});

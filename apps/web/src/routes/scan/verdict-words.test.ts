import { isAdmission, verdicts } from '@catraca/domain';
import { describe, expect, test } from 'vitest';
import { locales, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { nextStepOf, wordOf } from './verdict-words.ts';

/** A longer word would be set too small to be read at arm's length. */
const wordLengthMax = 14;

describe.each(locales)('%s', (locale) => {
  test.each(verdicts)('%s has a word of its own, and a refusal says what to do', (verdict) => {
    overwriteGetLocale(() => locale);
    const words = verdicts.map(wordOf);
    expect(words.filter((word) => word === wordOf(verdict))).toHaveLength(1);
    expect(wordOf(verdict).length).toBeLessThanOrEqual(wordLengthMax);
    expect(Boolean(nextStepOf(verdict))).toBe(!isAdmission(verdict));
  });
});

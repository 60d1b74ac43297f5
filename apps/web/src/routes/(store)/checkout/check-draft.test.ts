import { expect, test } from 'vitest';
import { checkDraft, countProblems } from './check-draft.ts';
import type { HolderSlot } from './holder-slots.ts';

const slot = (key: string): HolderSlot => ({
  ...{ key, typeNo: 1, seat: undefined, unit: 1, units: 1, person: 1, persons: 1 },
});

function draft(name: string, email: string, names: Record<string, string> = {}) {
  return {
    ...{ name, email },
    isForBuyer: ({ key }: HolderSlot) => !(key in names),
    nameOf: ({ key }: HolderSlot) => names[key] ?? '',
  };
}

test('a name and an address are enough when all tickets are the buyer’s', () => {
  const problems = checkDraft(draft('Ana', 'ana@example.com'), [slot('a'), slot('b')]);
  expect(problems).toEqual({ unnamed: [] });
  expect(countProblems(problems)).toBe(0);
});

test('what is missing is named field by field', () => {
  const problems = checkDraft(draft('  ', '', { b: '' }), [slot('a'), slot('b')]);
  expect(problems).toEqual({ name: 'missing', email: 'missing', unnamed: ['b'] });
  expect(countProblems(problems)).toBe(3);
});

test.each(['ana', 'ana@', '@example.com', 'ana@example', 'a na@example.com', 'ana@example.'])(
  '%s is not taken for an address',
  (email) => {
    expect(checkDraft(draft('Ana', email), []).email).toBe('malformed');
  },
);

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atBeginning,
  checkCursor,
  checkMark,
  takeFacts,
  type Cursor,
  type Fact,
  type FactBatch,
} from '../../src/index.ts';

const author = 2;

function history(count: number, name = 'a'): Fact<number>[] {
  return Array.from({ length: count }, (_, i) => ({
    site: author,
    no: i + 1,
    id: `${name}${i + 1}`,
    kind: 'test',
    body: i,
  }));
}

/** The facts `from` (1 and more) to `to` of a history, as they are sent. */
function batch(facts: readonly Fact<number>[], from: number, to: number): FactBatch<number> {
  return { afterId: facts[from - 2]?.id ?? null, facts: facts.slice(from - 1, to) };
}

const cursorAt = (facts: readonly Fact<number>[], no: number): Cursor => ({
  no,
  id: facts[no - 1]?.id ?? null,
});

describe('taking facts', () => {
  const ten = history(10);

  test('Y-2 whatever pieces come, in any order and any number of times, each fact is taken once, in order', () => {
    const piece = fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        let cursor: Cursor = atBeginning;
        const taken: number[] = [];
        for (const [a, b] of [...pieces, [1, 10] as const]) {
          const answer = takeFacts(cursor, batch(ten, Math.min(a, b), Math.max(a, b)));
          if (answer.kind !== 'fresh') {
            expect(answer).toEqual({
              kind: 'gap',
              expected: taken.length + 1,
              got: Math.min(a, b),
            });
            continue;
          }
          taken.push(...answer.facts.map(({ no }) => no));
          cursor = answer.cursor;
          expect(cursor).toEqual(cursorAt(ten, taken.length));
        }
        expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      }),
    );
  });

  test('Y-2 nothing is taken of nothing', () => {
    expect(takeFacts(cursorAt(ten, 4), { afterId: null, facts: [] })).toEqual({
      kind: 'fresh',
      facts: [],
      cursor: cursorAt(ten, 4),
    });
  });

  test('Y-3 a gap, before a batch or within it, is named and nothing is taken', () => {
    expect(takeFacts(atBeginning, batch(ten, 3, 5))).toEqual({ kind: 'gap', expected: 1, got: 3 });
    const torn = { afterId: null, facts: ten.filter(({ no }) => no !== 3) };
    expect(takeFacts(atBeginning, torn)).toEqual({ kind: 'gap', expected: 3, got: 4 });
    const turned = { afterId: 'a9', facts: ten.toReversed() };
    expect(takeFacts(cursorAt(ten, 9), turned)).toEqual({ kind: 'gap', expected: 11, got: 9 });
  });

  test('Y-4 an author that was restored, and wrote other facts since, is found out', () => {
    const restored = [...ten.slice(0, 5), ...history(12, 'b').slice(5)];
    const cursor = cursorAt(ten, 10);
    // It overlaps, it follows on, it was cut to what seems new.
    expect(takeFacts(cursor, batch(restored, 1, 12))).toEqual({ kind: 'other_history', no: 10 });
    expect(takeFacts(cursor, batch(restored, 11, 12))).toEqual({ kind: 'other_history', no: 10 });
    expect(takeFacts(cursor, batch(restored, 8, 12))).toEqual({ kind: 'other_history', no: 10 });
    expect(takeFacts(cursorAt(ten, 5), batch(restored, 6, 12)).kind).toBe('fresh');
  });

  test('Y-4 an author learns from a cursor that it was restored', () => {
    const last = cursorAt(ten, 10);
    const idAt = (no: number) => ten[no - 1]?.id ?? null;
    expect(checkCursor(atBeginning, last, null)).toBe('reads_on');
    expect(checkCursor(cursorAt(ten, 4), last, idAt(4))).toBe('reads_on');
    expect(checkCursor(last, last, idAt(10))).toBe('has_all');
    expect(checkCursor({ no: 11, id: 'a11' }, last, null)).toBe('other_history');
    expect(checkCursor({ no: 4, id: 'b4' }, last, idAt(4))).toBe('other_history');
  });
});

describe('Y-31 the mark beside the database', () => {
  const mark = {
    pairing: 'p1',
    streams: new Map([
      ['7 sales', { no: 4, id: 'a4' }],
      ['7 scans', atBeginning],
    ]),
  };
  const idOf =
    (count: number, name = 'a') =>
    (stream: string, no: number) =>
      stream === '7 sales' && no <= count ? `${name}${no}` : undefined;

  test('its own database, or one that is ahead of it', () => {
    expect(checkMark(mark, 'p1', idOf(4))).toBe('proved');
    expect(checkMark(mark, 'p1', idOf(9))).toBe('proved');
  });

  test.each([
    ['no mark', null, 'p1', idOf(4)],
    ['of another pairing', mark, 'p2', idOf(4)],
    ['facts that are gone', mark, 'p1', idOf(3)],
    ['other facts', mark, 'p1', idOf(4, 'b')],
  ])('%s', (_, of, known, ids) => {
    expect(checkMark(of, known, ids)).toBe('unproved');
  });
});

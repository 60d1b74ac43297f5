import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkSeatMap,
  type Numbering,
  type RowSeat,
  seatKey,
  type SeatMapDocument,
  type SeatRow,
  type SeatSection,
  seatsOf,
  type SeatTable,
  singlesLeft,
} from '../src/seat-map/index.ts';

const noMarks = { categories: {}, outOfSale: [], accessible: [], companions: [] };
const numbering: Numbering = { start: 1, scheme: 'left_to_right', step: 1 };
const row = (name: string, draft: Partial<SeatRow> = {}): SeatRow => ({
  ...{ name, seats: 5, numbering, curve: 0, shift: 0, marks: noMarks },
  ...draft,
});
const section = (rows: SeatRow[], draft: Partial<SeatSection> = {}): SeatSection => ({
  ...{ kind: 'rows', id: 'a', name: 'Stalls', x: 100, y: 50, rotation: 0, category: 'best' },
  ...{ seatGap: 10, rowGap: 12, rows },
  ...draft,
});
const table = (draft: Partial<SeatTable> = {}): SeatTable => ({
  ...{ kind: 'table', id: 't', name: 'Table 1', x: 0, y: 0, rotation: 0, category: 'best' },
  ...{ shape: 'round', seats: 4, radius: 20, marks: noMarks },
  ...draft,
});
const map = (...items: SeatMapDocument['items']): SeatMapDocument => ({
  ...{ format: 1, width: 800, height: 600, items },
  categories: [{ key: 'best', typeNo: 1 }],
});
const numbersOf = (scheme: Numbering['scheme'], seats: number, start = 1, step = 1) =>
  seatsOf(map(section([row('A', { seats, numbering: { scheme, start, step } })]))).map(
    ({ number }) => number,
  );

describe('H-1: seats follow from the map', () => {
  test('numbering schemes', () => {
    expect(numbersOf('left_to_right', 4)).toEqual([1, 2, 3, 4]);
    expect(numbersOf('left_to_right', 4, 101, 2)).toEqual([101, 103, 105, 107]);
    expect(numbersOf('right_to_left', 4)).toEqual([4, 3, 2, 1]);
    expect(numbersOf('odd_even', 5)).toEqual([5, 3, 1, 2, 4]);
    expect(numbersOf('odd_even', 6)).toEqual([5, 3, 1, 2, 4, 6]);
  });

  test('rows lie behind each other around the middle, turn with their section and bend to the stage', () => {
    const straight = seatsOf(
      map(section([row('A', { seats: 3 }), row('B', { seats: 3, shift: 0.5 })])),
    );
    expect(straight.map(({ x, y }) => [x, y])).toEqual([
      ...[
        [90, 50],
        [100, 50],
        [110, 50],
      ],
      ...[
        [95, 62],
        [105, 62],
        [115, 62],
      ],
    ]);
    const turned = seatsOf(map(section([row('A', { seats: 3 })], { rotation: 90 })));
    expect(turned.map(({ x, y }) => [x, y])).toEqual([
      [100, 40],
      [100, 50],
      [100, 60],
    ]);
    const bent = seatsOf(map(section([row('A', { seats: 5, curve: 1 })])));
    const [left, , middle, , right] = bent;
    expect(middle).toMatchObject({ x: 100, y: 50 });
    // A half circle: as far towards the stage as to the side.
    expect(left?.y).toBeCloseTo(50 - 40 / Math.PI, 1);
    expect((right?.x ?? 0) - (left?.x ?? 0)).toBeCloseTo(80 / Math.PI, 1);
  });

  test('marks are by place; at a table seats go around it and have no row', () => {
    const marks = { categories: { 1: 'cheap' }, outOfSale: [0], accessible: [2], companions: [3] };
    expect(seatsOf(map(section([row('A', { marks })])))).toMatchObject([
      { outOfSale: true, category: 'best' },
      { category: 'cheap' },
      { accessible: true },
      { companion: true },
      { outOfSale: false, accessible: false, companion: false },
    ]);
    expect(seatsOf(map(table()))).toMatchObject([
      { section: 'Table 1', row: '', number: 1, x: 0, y: -20 },
      { number: 2, x: 20, y: 0 },
      { number: 3, x: 0, y: 20 },
      { number: 4, x: -20, y: 0 },
    ]);
    expect(seatsOf(map(table({ shape: 'square' }))).map(({ x, y }) => [x, y])).toEqual([
      ...[
        [0, -20],
        [20, 0],
        [0, 20],
        [-20, 0],
      ],
    ]);
  });
});

describe('H-2: a sound map has each name once', () => {
  test('what is there twice, or names no category', () => {
    expect(checkSeatMap(map(section([row('A'), row('B')]), table()))).toEqual([]);
    const faulty = map(
      section([row('A'), row('A')]),
      table({ id: 'a', name: 'Stalls', category: 'none' }),
    );
    expect(checkSeatMap(faulty).map(({ kind }) => kind)).toEqual([
      ...['id_twice', 'name_twice', 'row_twice', 'no_category', 'seat_twice'],
    ]);
    const huge = Array.from({ length: 101 }, (_, index) => row(String(index), { seats: 200 }));
    expect(checkSeatMap(map(section(huge)))).toEqual([{ kind: 'too_many_seats', seats: 20_200 }]);
  });

  const anyRow = fc.record({
    seats: fc.integer({ min: 1, max: 40 }),
    curve: fc.double({ min: 0, max: 1, noNaN: true }),
    shift: fc.integer({ min: -3, max: 3 }),
    numbering: fc.record({
      start: fc.integer({ min: 1, max: 200 }),
      step: fc.constantFrom(1, 2),
      scheme: fc.constantFrom(
        'left_to_right' as const,
        'right_to_left' as const,
        'odd_even' as const,
      ),
    }),
  });
  const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 12 });

  test('every seat has a name and a place of its own, however rows are numbered and bent', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 0, max: 359 }), (drafts, rotation) => {
        const rows = drafts.map((draft, index) => row(String(index), draft));
        const document = map(section(rows, { rotation }));
        const seats = seatsOf(document);
        expect(seats).toHaveLength(drafts.reduce((sum, draft) => sum + draft.seats, 0));
        expect(new Set(seats.map(seatKey)).size).toBe(seats.length);
        expect(checkSeatMap(document)).toEqual([]);
        for (const ofRow of Map.groupBy(seats, (seat) => seat.row).values()) {
          expect(new Set(ofRow.map(({ x, y }) => `${x} ${y}`)).size).toBe(ofRow.length);
        }
      }),
    );
  });
});

describe('H-3: no single seats', () => {
  /** `.` free, `x` taken, `c` chosen, `w` a free place for a wheelchair, a space an aisle. */
  const left = (drawn: string): string => {
    const seats = [...drawn].flatMap((mark, place): RowSeat<number>[] =>
      mark === ' '
        ? []
        : [{ id: place, x: place * 10, y: 0, isFree: mark !== 'x', accessible: mark === 'w' }],
    );
    const chosen = new Set(seats.flatMap(({ id }) => (drawn[id] === 'c' ? [id] : [])));
    // In another order: who sits beside whom is not in the numbers.
    const singles = singlesLeft(
      seats.toSorted((a, b) => (a.id % 3) - (b.id % 3)),
      chosen,
    );
    return [...drawn].map((mark, place) => (singles.includes(place) ? '!' : mark)).join('');
  };

  test.each([
    ['c....', 'c....'],
    ['.c...', '!c...'],
    ['..c..', '..c..'],
    ['x.c..', 'x!c..'],
    ['c.c..', 'c!c..'],
    ['.cc. ....', '!cc! ....'],
    ['...x.c.', '...x!c!'],
    ['w.c...', 'w.c...'],
    ['wc...', 'wc...'],
  ])('%s leaves %s', (drawn, singles) => {
    expect(left(drawn)).toBe(singles);
  });

  test('a choice that could be no better in its row is allowed', () => {
    expect(left('cc.')).toBe('cc.');
    expect(left('.cx')).toBe('.cx');
    expect(left('xx.c xx')).toBe('xx.c xx');
    // Here it could: three seats are free elsewhere in the row.
    expect(left('.cx...')).toBe('!cx...');
    // A seat that was alone before is nobody's fault.
    expect(left('.xc')).toBe('.xc');
  });

  test('there is always a choice of so many in a row that is allowed, if there are so many together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 6 }),
        (free, count) => {
          const seats = free.map((isFree, id) => ({
            id,
            x: id * 10,
            y: 0,
            isFree,
            accessible: false,
          }));
          const starts = seats.filter((_, start) => {
            const run = seats.slice(start, start + count);
            return run.length === count && run.every(({ isFree }) => isFree);
          });
          if (starts.length === 0) return;
          const allowed = starts.filter(({ id: start }) => {
            const chosen = new Set(Array.from({ length: count }, (_, index) => start + index));
            return singlesLeft(seats, chosen).length === 0;
          });
          expect(allowed.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

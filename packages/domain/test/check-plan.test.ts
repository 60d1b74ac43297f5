import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areaInside,
  checkPlan,
  crossesItself,
  encloses,
  isInside,
  type PlannedArea,
  type PlannedCheckpoint,
  type PlanPoint,
} from '../src/venue/index.ts';

const square = (x: number, y: number, side: number): PlanPoint[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

const area = (no: number, draft: Partial<PlannedArea> = {}): PlannedArea => ({
  ...{ no, name: `Area ${no}`, capacity: null, polygon: square(no * 100, 0, 90) },
  ...draft,
});

const gate = (
  no: number,
  fromNo: number,
  toNo: number,
  draft: Partial<PlannedCheckpoint> = {},
): PlannedCheckpoint => ({
  ...{ no, name: `Gate ${no}`, fromNo, toNo, directions: 'both', open: true },
  ...draft,
});

const check = (
  areas: PlannedArea[],
  checkpoints: PlannedCheckpoint[],
  openedNos: Set<number> | null = null,
) => checkPlan({ areas, checkpoints, openedNos });

describe('V-5: what is wrong with a plan', () => {
  test('nothing, where people come in everywhere and out again', () => {
    expect(check([area(1), area(2)], [gate(1, 0, 1), gate(2, 1, 2)])).toEqual([]);
    expect(check([], [])).toEqual([]);
  });

  test('an area that nobody can reach, with the door that leads to nobody', () => {
    expect(check([area(1), area(2), area(3)], [gate(1, 0, 1), gate(2, 2, 3)])).toEqual([
      { kind: 'leads_nowhere', checkpointNo: 2 },
      { kind: 'unreachable_area', areaNo: 2 },
      { kind: 'unreachable_area', areaNo: 3 },
    ]);
  });

  test('a way in with no way out, until there is one somewhere else', () => {
    const areas = [area(1), area(2)];
    const wayIn = [gate(1, 0, 1, { directions: 'entry' }), gate(2, 1, 2)];
    expect(check(areas, wayIn)).toEqual([
      { kind: 'no_way_out', areaNo: 1 },
      { kind: 'no_way_out', areaNo: 2 },
    ]);
    expect(check(areas, [...wayIn, gate(3, 0, 2, { directions: 'exit' })])).toEqual([]);
  });

  test('no way in at all', () => {
    expect(check([area(1)], [gate(1, 0, 1, { directions: 'exit' })])[0]).toEqual({
      kind: 'no_way_in',
    });
  });

  test('a checkpoint that joins an area to itself, or to one that is gone', () => {
    expect(check([area(1)], [gate(1, 0, 1), gate(2, 1, 1), gate(3, 1, 9)])).toEqual([
      { kind: 'joins_nothing', checkpointNo: 2 },
      { kind: 'joins_nothing', checkpointNo: 3 },
    ]);
  });

  test('a closed checkpoint is no way', () => {
    expect(check([area(1)], [gate(1, 0, 1, { open: false })])).toEqual([
      { kind: 'no_way_in' },
      { kind: 'unreachable_area', areaNo: 1 },
    ]);
  });

  test('an area that no type opens, once there are types', () => {
    const gates = [gate(1, 0, 1), gate(2, 1, 2)];
    expect(check([area(1), area(2)], gates, new Set([1]))).toEqual([
      { kind: 'opened_by_nothing', areaNo: 2 },
    ]);
  });

  test('an area that may hold fewer than one drawn inside it', () => {
    const hall = area(1, { capacity: 100, polygon: square(0, 0, 100) });
    const stand = area(2, { capacity: 101, polygon: square(10, 10, 20) });
    const gates = [gate(1, 0, 1), gate(2, 1, 2)];
    expect(check([hall, stand], gates)).toEqual([
      { kind: 'smaller_than_inside', areaNo: 1, insideNo: 2 },
    ]);
    expect(check([hall, { ...stand, capacity: 100 }], gates)).toEqual([]);
    expect(check([hall, { ...stand, polygon: square(90, 90, 20) }], gates)).toEqual([]);
  });

  test('an area without an outline, and one whose outline crosses itself', () => {
    const bow: PlanPoint[] = [
      [0, 0],
      [10, 10],
      [10, 0],
      [0, 10],
    ];
    const areas = [area(1, { polygon: [] }), area(2, { polygon: bow })];
    expect(check(areas, [gate(1, 0, 1), gate(2, 0, 2)])).toEqual([
      { kind: 'not_drawn', areaNo: 1 },
      { kind: 'crosses_itself', areaNo: 2 },
    ]);
  });
});

const anyGates = fc.array(
  fc.record({
    fromNo: fc.integer({ min: 0, max: 5 }),
    toNo: fc.integer({ min: 0, max: 5 }),
    directions: fc.constantFrom('entry' as const, 'exit' as const, 'both' as const),
    open: fc.boolean(),
  }),
  { maxLength: 12 },
);

test('V-5: one more way in both directions from outside mends what it leads to, whatever else is drawn', () => {
  fc.assert(
    fc.property(anyGates, fc.integer({ min: 1, max: 5 }), (drafts, areaNo) => {
      const areas = [1, 2, 3, 4, 5].map((no) => area(no));
      const gates = drafts.map((draft, index) => ({ ...gate(index + 1, 0, 0), ...draft }));
      const found = check(areas, [...gates, gate(99, 0, areaNo)]);
      const ofArea = found.filter((finding) => 'areaNo' in finding && finding.areaNo === areaNo);
      expect(ofArea).toEqual([]);
      expect(found.map(({ kind }) => kind)).not.toContain('no_way_in');
    }),
  );
});

test('an outline holds its corners and its middle, and encloses what is smaller', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer({ min: 4, max: 500 }), (left, top, side) => {
      const [x, y] = [left % 1e6, top % 1e6];
      const outline = square(x, y, side);
      for (const corner of outline) expect(isInside(outline, corner)).toBe(true);
      expect(isInside(outline, [x + side / 2, y + side / 2])).toBe(true);
      expect(isInside(outline, [x + side + 1, y])).toBe(false);
      expect(encloses(outline, square(x + 1, y + 1, side - 2))).toBe(true);
      expect(encloses(square(x + 1, y + 1, side - 2), outline)).toBe(false);
      expect(areaInside(outline)).toBe(side * side);
      expect(crossesItself(outline)).toBe(false);
    }),
  );
});

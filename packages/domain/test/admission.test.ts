import { describe, expect, test } from 'vitest';
import {
  decideScan,
  foldScans,
  refusals,
  replayOccupancy,
  type AreaId,
  type Attempt,
  type Decision,
  type Verdict,
} from '../src/index.ts';
import { admissionCases, type AdmissionCase } from './admission-cases.ts';
import { anyDevice, areas, at, convention, last, pass, scan } from './convention.ts';

function decide(row: AdmissionCase): Decision {
  return decideScan(convention, row.pass, row.finding, row.scan, row.device, row.occupancy);
}

describe('the admission table', () => {
  test.each(admissionCases)('$title: $verdict', (row) => {
    const decision = decide(row);
    expect(decision.verdict).toBe(row.verdict);
    expect(decision.seenNo).toBe(row.pass?.last?.crossingNo ?? 0);
    if (row.crossing !== undefined) expect(decision.crossing).toMatchObject(row.crossing);
  });

  test('A-3 every verdict a server can give is in the table', () => {
    const shown = new Set<Verdict>(admissionCases.map((row) => row.verdict));
    expect(refusals.filter((verdict) => !shown.has(verdict))).toEqual(['offline_unknown']);
    expect(shown.has('admitted') && shown.has('exited')).toBe(true);
  });

  test('A-5 a title stands for one case', () => {
    const titles = admissionCases.map((row) => row.title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('what a refusal tells', () => {
  const refusedAt = (type: 'twoSlots' | 'dayTwo', day: number, time: string) =>
    decideScan(
      convention,
      pass(type),
      'known',
      scan('gate', 'entry', day, time),
      anyDevice,
      new Map(),
    );
  const hall = (day: number, from: string, until: string) => ({
    areaId: areas.hall,
    startsAt: at(day, from),
    endsAt: at(day, until),
  });

  test('A-56 the window to come, else the last there was', () => {
    expect(refusedAt('twoSlots', 1, '09:30').window).toEqual(hall(1, '10:00', '12:00'));
    expect(refusedAt('twoSlots', 2, '13:00').window).toEqual(hall(2, '14:00', '16:00'));
    expect(refusedAt('twoSlots', 3, '20:00').window).toEqual(hall(3, '14:00', '16:00'));
    expect(refusedAt('dayTwo', 3, '12:00').window).toEqual(hall(2, '09:00', '22:00'));
  });

  test('A-56 the area it was about', () => {
    const into = decideScan(
      convention,
      pass('once'),
      'known',
      scan('stageDoor', 'entry', 1, '12:00'),
      anyDevice,
      new Map(),
    );
    expect(into.areaId).toBe(areas.stage);
  });
});

describe('several scans of a pass in one batch', () => {
  const attempt = (direction: 'entry' | 'exit', minute: number): Attempt => ({
    finding: 'known',
    scan: scan('gate', direction, 1, `12:${minute}`),
    device: anyDevice,
  });

  test('A-70 each is decided on the state the one before leaves', () => {
    const occupancy = new Map<AreaId, number>();
    const attempts = [
      attempt('entry', 10),
      attempt('entry', 11),
      attempt('exit', 12),
      attempt('entry', 13),
    ];
    const decisions = foldScans(convention, pass('reentry'), attempts, occupancy);
    expect(decisions.map(({ verdict }) => verdict)).toEqual([
      'admitted',
      'already_inside',
      'exited',
      'admitted',
    ]);
    expect(decisions.map(({ seenNo }) => seenNo)).toEqual([0, 1, 1, 2]);
    expect(occupancy).toEqual(new Map([[areas.hall, 1]]));
  });

  test('A-70 the counts go along from pass to pass, so a batch fills an area and no more', () => {
    const occupancy = new Map<AreaId, number>([[areas.hall, 3]]);
    const verdicts = [1, 2, 3, 4].flatMap(() =>
      foldScans(convention, pass('once'), [attempt('entry', 10)], occupancy).map(
        ({ verdict }) => verdict,
      ),
    );
    expect(verdicts).toEqual(['admitted', 'admitted', 'area_full', 'area_full']);
    expect(occupancy.get(areas.hall)).toBe(5);
  });

  test('A-70 codes of nobody are decided one by one', () => {
    const strange: Attempt = { ...attempt('entry', 10), finding: 'unknown_code' };
    const decisions = foldScans(convention, null, [strange, strange], new Map());
    expect(decisions.map(({ verdict }) => verdict)).toEqual(['unknown_code', 'unknown_code']);
  });
});

test('A-63 a replay from zero counts people, and nobody outside', () => {
  const moves = [
    { fromArea: areas.outside, toArea: areas.hall },
    { fromArea: areas.outside, toArea: areas.hall },
    { fromArea: areas.hall, toArea: areas.stage },
    { fromArea: areas.stage, toArea: areas.stage },
    { fromArea: areas.hall, toArea: areas.outside },
  ];
  expect(replayOccupancy(moves, areas.outside)).toEqual(
    new Map([
      [areas.hall, 0],
      [areas.stage, 1],
    ]),
  );
});

test('A-2 facts are never changed by deciding', () => {
  const facts = Object.freeze(pass('reentry', Object.freeze(last('outside'))));
  const occupancy = Object.freeze(new Map([[areas.hall, 1]]));
  decideScan(convention, facts, 'known', scan('gate', 'entry', 1, '12:00'), anyDevice, occupancy);
  expect(facts).toEqual(pass('reentry', last('outside')));
  expect(occupancy).toEqual(new Map([[areas.hall, 1]]));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkReplay,
  foldScans,
  uuidv7,
  type Attempt,
  type LoggedScan,
  type NextCrossing,
} from '../src/index.ts';
import { anyHistory, anyRules, passTypeOf } from './any-venue.ts';
import { anyDevice, areas, convention, pass, scan, types } from './convention.ts';
import { runHistory } from './run-history.ts';

/** In, refused, out, in again, further in, out: an honest log of a pass with re-entry. */
const attempts: Attempt[] = (
  [
    ['gate', 'entry', '10:00'],
    ['gate', 'entry', '10:05'],
    ['gate', 'exit', '11:00'],
    ['gate', 'entry', '12:00'],
    ['stageDoor', 'entry', '12:30'],
    ['gate', 'exit', '13:00'],
  ] as const
).map(([checkpoint, direction, time]) => ({
  finding: 'known',
  scan: scan(checkpoint, direction, 1, time),
  device: anyDevice,
}));

const honest: readonly LoggedScan[] = foldScans(
  convention,
  pass('reentry'),
  attempts,
  new Map(),
).map(({ verdict, seenNo, crossing }, index) => ({
  ...(attempts[index] as Attempt).scan,
  scanId: uuidv7(index, new Uint8Array(10)),
  verdict,
  seenNo,
  crossing,
}));

function audit(log: readonly LoggedScan[]): string[] {
  return checkReplay(convention, types.reentry, log).map(({ problem }) => problem);
}

/** The honest log with one row changed. */
function changed(
  index: number,
  change: Partial<LoggedScan>,
  crossing: Partial<NextCrossing> = {},
): LoggedScan[] {
  return honest.map((row, i) => {
    if (i !== index) return row;
    return {
      ...row,
      crossing: row.crossing === null ? null : { ...row.crossing, ...crossing },
      ...change,
    };
  });
}

describe('the auditor of logs', () => {
  test('A-71 finds nothing in an honest log, in any order', () => {
    expect(honest.map(({ verdict }) => verdict)).toEqual([
      'admitted',
      'already_inside',
      'exited',
      'admitted',
      'admitted',
      'exited',
    ]);
    expect(audit(honest)).toEqual([]);
    expect(audit(honest.toReversed())).toEqual([]);
  });

  test('A-71 finds nothing in any history the rules decided', () => {
    fc.assert(
      fc.property(anyRules, anyHistory, (rules, history) => {
        const { decided } = runHistory(rules, history);
        const logs = Map.groupBy(decided, ({ step }) => step.passNo);
        for (const [passNo, log] of logs) {
          expect(
            checkReplay(
              rules,
              passTypeOf(rules, passNo),
              log.map(({ row }) => row),
            ),
          ).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('A-71 a crossing that is missing', () => {
    expect(audit(honest.filter((_, i) => i !== 2))).toContain('gap');
    expect(audit(honest.filter((_, i) => i !== 0))).toEqual(
      expect.arrayContaining(['gap', 'broken_chain']),
    );
  });

  test('A-71 a second admission with a number of its own', () => {
    const second = { ...(honest[0] as LoggedScan), scanId: uuidv7(99, new Uint8Array(10)) };
    expect(audit([...honest, second])).toEqual(
      expect.arrayContaining(['gap', 'illegal_admission']),
    );
    const { crossing } = second;
    const numbered = crossing && {
      ...crossing,
      crossingNo: 2,
      fromArea: areas.hall,
      entries: 2,
      dayEntries: 2,
    };
    expect(audit([honest[0] as LoggedScan, { ...second, seenNo: 1, crossing: numbered }])).toEqual([
      'illegal_admission',
    ]);
  });

  test.each([
    ['duplicate_scan', changed(1, { scanId: (honest[0] as LoggedScan).scanId })],
    ['unmarked', changed(0, { verdict: 'already_used' })],
    ['unmarked', changed(1, { verdict: 'admitted' })],
    ['broken_chain', changed(3, {}, { fromArea: areas.hall })],
    ['stale_admission', changed(3, { seenNo: 1 })],
    ['illegal_admission', changed(3, {}, { entries: 1 })],
    ['illegal_admission', changed(3, {}, { dayEntries: 1 })],
    ['illegal_admission', changed(3, {}, { day: 2 })],
    ['illegal_admission', changed(5, {}, { toArea: areas.hall })],
    ['illegal_admission', changed(0, { at: 0 })],
    ['illegal_refusal', changed(1, { verdict: 'already_used' })],
    ['illegal_refusal', changed(1, { verdict: 'area_full' })],
    ['illegal_refusal', changed(1, { seenNo: 0 })],
    ['illegal_refusal', changed(1, { seenNo: 9 })],
  ])('A-71 names %s (%#)', (problem, log) => {
    expect(audit(log)).toContain(problem);
  });
});

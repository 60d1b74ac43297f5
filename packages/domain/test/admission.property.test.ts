import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  foldScans,
  isAdmission,
  replayOccupancy,
  verdicts,
  type AreaId,
  type NextCrossing,
  type VenueRules,
  type Verdict,
} from '../src/index.ts';
import { anyHistory, anyRules, outside, passTypeOf, type Step } from './any-venue.ts';
import { everyRefusal } from './every-refusal.ts';
import { runHistory, type Decided, type Run } from './run-history.ts';

/** Checks a property of every history in every venue. */
function always(property: (rules: VenueRules, run: Run, history: Step[]) => void): void {
  fc.assert(
    fc.property(anyRules, anyHistory, (rules, history) =>
      property(rules, runHistory(rules, history), history),
    ),
    { numRuns: 400 },
  );
}

function crossingsOf(run: Run, passNo: number): NextCrossing[] {
  return run.decided
    .filter(({ step }) => step.passNo === passNo)
    .flatMap(({ decision }) => (decision.crossing === null ? [] : [decision.crossing]));
}

const passNos = [0, 1, 2, 3];

/** Admissions at an entrance. */
function entriesOf(rules: VenueRules, run: Run, passNo: number): Decided[] {
  return run.decided.filter(
    ({ step, decision }) =>
      step.passNo === passNo &&
      decision.verdict === 'admitted' &&
      rules.checkpoints.get(step.scan.checkpointId)?.fromArea === outside,
  );
}

describe('every history in every venue', () => {
  test('A-3 the answer is the first refusal that applies, and green only when none does', () => {
    always((rules, { decided }) => {
      for (const one of decided) {
        const green = one.step.scan.direction === 'entry' ? 'admitted' : 'exited';
        expect(one.decision.verdict).toBe(everyRefusal(rules, one)[0] ?? green);
      }
    });
  });

  test('A-10 crossings are numbered from 1 without a gap, and each starts where the one before ended', () => {
    always((_, run) => {
      for (const passNo of passNos) {
        let area: AreaId = outside;
        for (const [index, crossing] of crossingsOf(run, passNo).entries()) {
          expect(crossing.crossingNo).toBe(index + 1);
          expect(crossing.fromArea).toBe(area);
          area = crossing.toArea;
        }
      }
    });
  });

  test('A-5 a refusal moves nobody and names the state it was decided on', () => {
    always((_, { decided }) => {
      for (const { decision, pass } of decided) {
        expect(isAdmission(decision.verdict)).toBe(decision.crossing !== null);
        expect(decision.seenNo).toBe(pass.last?.crossingNo ?? 0);
      }
    });
  });

  test('A-20 A-21 A-22 A-23 no policy is ever exceeded', () => {
    always((rules, run) => {
      for (const passNo of passNos) {
        const policy = rules.types.get(passTypeOf(rules, passNo))?.policy;
        const entries = entriesOf(rules, run, passNo).map(({ decision }) => decision.crossing);
        const perDay = Map.groupBy(entries, (crossing) => crossing?.day);
        if (policy?.kind === 'once') expect(entries.length).toBeLessThanOrEqual(1);
        if (policy?.kind === 'n_times') expect(entries.length).toBeLessThanOrEqual(policy.n);
        if (policy?.kind === 'once_per_day') {
          for (const ofDay of perDay.values()) expect(ofDay).toHaveLength(1);
        }
        if (policy?.kind === 'reentry' || policy?.kind === 'n_times') {
          // Only the first entry of a day may start inside: left there the day before.
          for (const ofDay of perDay.values()) {
            expect(ofDay.slice(1).every((crossing) => crossing?.fromArea === outside)).toBe(true);
          }
        }
      }
    });
  });

  test('A-12 A-13 the totals that ride on a crossing are the counts of its log', () => {
    always((rules, run) => {
      for (const passNo of passNos) {
        const entries = entriesOf(rules, run, passNo).flatMap(
          ({ decision }) => decision.crossing ?? [],
        );
        for (const crossing of crossingsOf(run, passNo)) {
          const until = entries.filter((entry) => entry.crossingNo <= crossing.crossingNo);
          expect(crossing.entries).toBe(until.length);
          expect(crossing.dayEntries).toBe(
            until.filter((entry) => entry.day === crossing.day).length,
          );
        }
      }
    });
  });

  test('A-63 occupancy is never below zero, equals the replay, and is one for each pass inside', () => {
    always((_, { decided, occupancy, lastOf }) => {
      const crossings = decided.flatMap(({ decision }) => decision.crossing ?? []);
      expect(replayOccupancy(crossings, outside)).toEqual(occupancy);
      const inside = [...lastOf.values()].filter((last) => last.toArea !== outside);
      expect([...occupancy.values()].reduce((sum, people) => sum + people, 0)).toBe(inside.length);
      for (const { before } of decided) {
        expect([...before.values()].every((people) => people >= 0)).toBe(true);
      }
    });
  });

  test('A-60 A-61 A-62 nobody is admitted into a full area from another one', () => {
    always((rules, { decided }) => {
      for (const { decision, before } of decided) {
        if (
          decision.verdict !== 'admitted' ||
          decision.crossing.fromArea === decision.crossing.toArea
        )
          continue;
        const capacity = rules.areas.get(decision.crossing.toArea)?.capacity ?? Infinity;
        expect(before.get(decision.crossing.toArea) ?? 0).toBeLessThan(capacity);
      }
    });
  });

  test('A-40 an exit is refused for nothing else', () => {
    const reasons = new Set([
      'exited',
      'unknown_code',
      'bad_signature',
      'wrong_event',
      'device_not_allowed',
      'not_inside',
    ]);
    always((_, { decided }) => {
      for (const { step, decision } of decided) {
        if (step.scan.direction === 'exit') expect(reasons).toContain(decision.verdict);
      }
    });
  });

  test('A-70 a batch decides what one after another would', () => {
    const ofOnePass = anyHistory.map((history) =>
      history.map((step): Step => ({
        ...step,
        passNo: 0,
        status: 'valid',
        needsAttention: false,
        strangeEvent: false,
      })),
    );
    fc.assert(
      fc.property(anyRules, ofOnePass, (rules, history) => {
        const { decided, occupancy } = runHistory(rules, history);
        const together = new Map<AreaId, number>();
        const decisions = foldScans(rules, decided[0]?.pass ?? null, history, together);
        expect(decisions).toEqual(decided.map(({ decision }) => decision));
        expect(together).toEqual(occupancy);
      }),
    );
  });

  test('A-3 the histories drawn here come to every verdict, so that none of this holds for want of a case', () => {
    const seen = new Map<Verdict, number>();
    const sample = fc.sample(fc.tuple(anyRules, anyHistory), { numRuns: 300, seed: 1 });
    for (const { decision } of sample.flatMap(
      ([rules, history]) => runHistory(rules, history).decided,
    )) {
      seen.set(decision.verdict, (seen.get(decision.verdict) ?? 0) + 1);
    }
    for (const verdict of verdicts.filter((verdict) => verdict !== 'offline_unknown')) {
      expect(seen.get(verdict) ?? 0, verdict).toBeGreaterThan(15);
    }
  });
});

import { parseCode, type EventId, toId } from '@catraca/domain';
import { expect, test } from 'vitest';
import { checkAnswers } from '../src/passes/check-answers.ts';
import { outcomeCode, type Outcome } from '../src/passes/outcome.ts';
import { barcodeOf, kindOf, passIdOf, tokenOf } from '../src/passes/pass.ts';
import { Plan, type PlannedScan } from '../src/passes/plan.ts';
import { isOfRun, scanIdOf, scanIndexOf } from '../src/generator/scan-ids.ts';
import { scanIdPattern } from '@catraca/domain';

const facts = { eventId: toId<EventId>((1n << 48n) + 5n), keyId: 257, issuedAt: 1_500_000 };
const numbers = [0, 1, 7, 27, 999, 9_999_999];

test.each(numbers)('pass %d has a token and a barcode that parse', (pass) => {
  const token = parseCode(tokenOf(pass, facts));
  expect(token).toMatchObject({ kind: 'token', claims: { passId: passIdOf(pass), mediumNo: 1 } });
  expect(parseCode(barcodeOf(pass))).toMatchObject({ kind: 'barcode' });
});

test('no two passes share a barcode', () => {
  const codes = new Set(Array.from({ length: 50_000 }, (_, pass) => barcodeOf(pass)));
  expect(codes.size).toBe(50_000);
});

test.each([0, 1, 299_999, 2 ** 40])(
  'a scan id is one of the protocol, and tells its scan: %d',
  (index) => {
    const runAt = Date.UTC(2027, 4, 1);
    const id = scanIdOf(runAt, index);
    expect(id).toMatch(scanIdPattern);
    expect(scanIndexOf(id)).toBe(index);
    expect(isOfRun(id, runAt)).toBe(true);
    expect(isOfRun(id, runAt + 1)).toBe(false);
  },
);

function walkAll(size: number, used: number): PlannedScan[] {
  const plan = new Plan({ size, used, cursor: used });
  const scans: PlannedScan[] = [];
  for (let scan = plan.next(); scan; scan = plan.next()) scans.push(scan);
  expect(plan.cursor).toBe(size);
  return scans;
}

test('a walk admits no pass twice, and none that has come in before', () => {
  const scans = walkAll(10_000, 1_000);
  const used = new Set(scans.filter((s) => s.expected === 'already_used').map((s) => s.pass));
  const admitted = scans.filter((s) => ['admitted', 'first_of_two'].includes(s.expected));
  expect(new Set(admitted.map((s) => s.pass)).size).toBe(admitted.length);
  expect(admitted.filter((s) => used.has(s.pass))).toEqual([]);
  expect(admitted.every((s) => kindOf(s.pass) === 'good')).toBe(true);
});

test('about one scan in ten is refused, of every kind', () => {
  const scans = walkAll(20_000, 2_000);
  const counts = Map.groupBy(scans, ({ expected }) => expected);
  const share = (expected: PlannedScan['expected']) =>
    (counts.get(expected)?.length ?? 0) / scans.length;
  expect(share('admitted')).toBeGreaterThan(0.88);
  expect(share('admitted')).toBeLessThan(0.92);
  expect(share('already_used')).toBeCloseTo(0.04, 2);
  for (const refusal of [
    ...(['unknown_code', 'bad_signature', 'revoked', 'blocked', 'wrong_area'] as const),
    ...(['not_yet_valid', 'area_full', 'first_of_two', 'second_of_two'] as const),
  ]) {
    expect(share(refusal), refusal).toBeGreaterThan(0);
  }
});

function codesOf(...outcomes: Outcome[]): Uint8Array {
  return Uint8Array.from(outcomes, (outcome) => outcomeCode(outcome) ?? 0);
}

test('right answers have no faults, whichever of two was quicker', () => {
  const expected = codesOf('admitted', 'revoked', 'first_of_two', 'second_of_two');
  for (const pair of [
    ['admitted', 'already_used'],
    ['already_used', 'admitted'],
  ] as const) {
    const check = checkAnswers(expected, codesOf('admitted', 'revoked', ...pair));
    expect(check).toMatchObject({ lost: 0, doubleAdmissions: 0, wrong: {} });
  }
});

test('what is wrong is told: lost, admitted twice, and another verdict', () => {
  const expected = codesOf('admitted', 'already_used', 'revoked', 'first_of_two', 'second_of_two');
  const answers = codesOf('unanswered', 'admitted', 'blocked', 'admitted', 'admitted');
  expect(checkAnswers(expected, answers)).toMatchObject({
    lost: 1,
    doubleAdmissions: 2,
    wrong: {
      'admitted -> unanswered': 1,
      'already_used -> admitted': 1,
      'revoked -> blocked': 1,
    },
  });
  const nobody = codesOf('already_used', 'already_used');
  expect(checkAnswers(codesOf('first_of_two', 'second_of_two'), nobody).wrong).toEqual({
    'one of two -> already_used, already_used': 1,
  });
});

import { type PassId, passStatuses } from '@catraca/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  areRecords,
  bundlePrefix,
  type BundleHead,
  parseBundle,
  type PassRecord,
  passRecordBytes,
  readPassRecord,
  writePassRecord,
} from '../src/index.ts';

const head: BundleHead = {
  eventId: '281474976710657',
  serverTime: '2027-05-01T10:00:00.000Z',
  cursor: 'c',
  whole: true,
};

const crossing = fc.record({
  crossingNo: fc.integer({ min: 1, max: 0x7fff_ffff }),
  at: fc.integer({ min: 0, max: 0xffff_ffff }),
  areaNo: fc.integer({ min: 0, max: 16 }),
  verdict: fc.constantFrom('admitted' as const, 'exited' as const),
  entries: fc.integer({ min: 0, max: 0xffff }),
  day: fc.integer({ min: 0, max: 127 }),
  dayEntries: fc.integer({ min: 0, max: 0xffff }),
  checkpointNo: fc.integer({ min: 0, max: 0xffff }),
});
const record: fc.Arbitrary<PassRecord> = fc.record({
  passId: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map((id) => id as PassId),
  typeNo: fc.integer({ min: 0, max: 0xffff }),
  status: fc.constantFrom(...passStatuses),
  qrNo: fc.integer({ min: 0, max: 255 }),
  barcode: fc.option(fc.integer({ min: 0, max: 99_999_999_999_999 })),
  last: fc.option(crossing),
});

function bundleOf(records: readonly PassRecord[]): Uint8Array<ArrayBuffer> {
  const prefix = bundlePrefix(head);
  const bytes = new Uint8Array(prefix.length + records.length * passRecordBytes);
  bytes.set(prefix);
  records.forEach((one, i) => bytes.set(writePassRecord(one), prefix.length + i * passRecordBytes));
  return bytes;
}

function sorted(records: readonly PassRecord[]): PassRecord[] {
  const byId = new Map(records.map((one) => [one.passId, one]));
  return [...byId.values()].sort((a, b) => (a.passId < b.passId ? -1 : 1));
}

test('D-20 records and bytes stand for each other', () => {
  fc.assert(
    fc.property(fc.array(record), (some) => {
      const records = sorted(some);
      const parsed = parseBundle(bundleOf(records));
      expect(parsed).toMatchObject({ ok: true, value: { head } });
      if (!parsed.ok) return;
      const view = new DataView(parsed.value.records.buffer);
      expect(records.map((_, i) => readPassRecord(view, i * passRecordBytes))).toEqual(records);
    }),
  );
});

const some = fc.sample(record, { numRuns: 3, seed: 7 });
const good = bundleOf(sorted(some));

test.each([
  ['nothing', () => new Uint8Array()],
  ['a cut record', () => good.slice(0, -1)],
  ['a cut head', () => good.slice(0, 40)],
  ['another mark', () => Uint8Array.of(0x43, 0x54, 0x41, ...good.slice(3))],
  ['records that are not sorted', () => bundleOf(sorted(some).reverse())],
  ['a pass twice', () => bundleOf([...some.slice(0, 1), ...some.slice(0, 1)])],
])('D-20 %s is refused as a whole', (_, bytes) => {
  expect(parseBundle(bytes())).toEqual({ ok: false, problem: 'malformed' });
});

test('D-20 a format that this reader does not know is named', () => {
  const other = good.slice();
  other[3] = 2;
  expect(parseBundle(other)).toEqual({ ok: false, problem: 'other_version' });
});

test('D-20 a status that is none, and a crossing of nothing, are no records', () => {
  const one = writePassRecord({ ...some[0], last: null } as PassRecord);
  expect(areRecords(one)).toBe(true);
  expect(areRecords(one.with(10, passStatuses.length) as typeof one)).toBe(false);
  expect(areRecords(one.with(33, 1) as typeof one)).toBe(false);
});

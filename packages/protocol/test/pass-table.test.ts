import type { PassId } from '@catraca/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PassRecord, PassTable, writePassRecord } from '../src/index.ts';

function pass(id: number, more: Partial<PassRecord> = {}): PassRecord {
  const barcode = id * 1_000_003;
  return {
    ...{ passId: BigInt(id) as PassId, typeNo: 1, status: 'valid', qrNo: 1, barcode, last: null },
    ...more,
  };
}

function crossed(crossingNo: number, checkpointNo = 1): PassRecord['last'] {
  return {
    ...{ crossingNo, checkpointNo, at: 1_800_000_000, areaNo: 1, verdict: 'admitted' },
    ...{ entries: crossingNo, day: 1, dayEntries: crossingNo },
  };
}

function bytesOf(records: readonly PassRecord[]): Uint8Array<ArrayBuffer> {
  const sorted = [...records].sort((a, b) => (a.passId < b.passId ? -1 : 1));
  return Uint8Array.from(sorted.flatMap((record) => [...writePassRecord(record)]));
}

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 99 }));

test('each pass is found by its id and its barcode, and no other is', () => {
  fc.assert(
    fc.property(ids, ids, (base, more) => {
      const table = new PassTable(bytesOf(base.map((id) => pass(id))));
      table.apply(bytesOf(more.map((id) => pass(id, { status: 'revoked' }))));
      for (const whole of [table, new PassTable(table.merged())]) {
        for (let id = 0; id <= 100; id++) {
          const expected = more.includes(id)
            ? pass(id, { status: 'revoked' })
            : base.includes(id)
              ? pass(id)
              : undefined;
          expect(whole.find(BigInt(id) as PassId)).toEqual(expected);
          expect(whole.findByBarcode(id * 1_000_003)).toEqual(expected);
        }
      }
    }),
  );
});

test('a barcode that was replaced is none any more', () => {
  const table = new PassTable(bytesOf([pass(7)]));
  table.apply(bytesOf([pass(7, { barcode: 5 })]));
  expect(table.findByBarcode(7 * 1_000_003)).toBeUndefined();
  expect(table.findByBarcode(5)?.passId).toBe(7n);
});

test('D-23 a crossing of this device is not undone by what the server had read before it', () => {
  const table = new PassTable(bytesOf([pass(7, { last: crossed(1) })]));
  table.put(pass(7, { last: crossed(2) }));
  table.apply(bytesOf([pass(7, { status: 'blocked', last: crossed(1) })]));
  expect(table.find(7n as PassId)).toMatchObject({ status: 'blocked', last: { crossingNo: 2 } });
  table.apply(bytesOf([pass(7, { last: crossed(2, 9) })]));
  expect(table.find(7n as PassId)?.last?.checkpointNo).toBe(9);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acknowledged,
  AssertionError,
  credentialId,
  emptyOutbox,
  entriesAfterEnding,
  laterCrossing,
  laterVersion,
  livingFromNo,
  mergeStatus,
  moveOnMerge,
  nextMediumNo,
  nextUpload,
  nextVersion,
  parseId,
  passStatuses,
  queued,
  refundStep,
  siteOf,
  uuidv7,
  type Outbox,
  type PassStatus,
  type ScanId,
} from '../../src/index.ts';
import { anyBytes } from '../arbitraries.ts';
import { areas, last } from '../convention.ts';

const scanId = (no: number): ScanId => uuidv7(no, new Uint8Array(10));

/** Whatever comes in whatever order, twice or in parts, gives the same. */
function expectMerges<Value>(any: fc.Arbitrary<Value>, merge: (a: Value, b: Value) => Value): void {
  fc.assert(
    fc.property(any, any, any, (a, b, c) => {
      expect(merge(a, b)).toEqual(merge(b, a));
      expect(merge(a, merge(b, c))).toEqual(merge(merge(a, b), c));
      expect(merge(a, a)).toEqual(a);
    }),
  );
}

describe('what two sites did to one pass', () => {
  const outcomes: [PassStatus, PassStatus, PassStatus][] = [
    ['valid', 'revoked', 'revoked'],
    ['valid', 'refunded', 'refunded'],
    ['valid', 'blocked', 'blocked'],
    ['unpaid', 'blocked', 'blocked'],
    ['blocked', 'revoked', 'revoked'],
    ['unpaid', 'refunded', 'refunded'],
    ['revoked', 'refunded', 'refunded'],
  ];

  test.each(outcomes)('Y-50 %s and %s is %s', (a, b, merged) => {
    expect(mergeStatus(a, b)).toBe(merged);
  });

  test('Y-50 the order does not matter', () => {
    expectMerges(fc.constantFrom(...passStatuses), mergeStatus);
  });

  test('Y-51 of two names the later version stays, of two equal ones the higher site', () => {
    const known = { ...nextVersion(null, 1), name: 'Ana' };
    const cloud = { ...nextVersion(known, 1), name: 'Ana Lima' };
    const venue = { ...nextVersion(known, 7), name: 'Anna' };
    expect(laterVersion(known, cloud).name).toBe('Ana Lima');
    expect(laterVersion(cloud, venue).name).toBe('Anna');
    expect(laterVersion(venue, { ...nextVersion(cloud, 1), name: 'Ana L.' }).name).toBe('Ana L.');
  });

  test('Y-51 the order does not matter', () => {
    const any = fc.record({ version: fc.nat(3), site: fc.constantFrom(1, 7) });
    expectMerges(any, laterVersion);
  });

  test('Y-53 money goes back from the site that took it, and is asked for once', () => {
    const payment = (refund: 'none' | 'asked' | 'carried_out') => ({ site: 1, refund });
    expect(refundStep(1, payment('none'))).toBe('carry_out');
    expect(refundStep(1, payment('asked'))).toBe('carry_out');
    expect(refundStep(1, payment('carried_out'))).toBe('nothing');
    expect(refundStep(7, payment('none'))).toBe('ask');
    expect(refundStep(7, payment('asked'))).toBe('nothing');
    expect(refundStep(7, payment('carried_out'))).toBe('nothing');
  });

  test('Y-54 entries that the ending site had not heard of are reported', () => {
    const entries = [
      { scanId: scanId(1), site: 7, no: 10, mergeStatus: null },
      { scanId: scanId(2), site: 7, no: 11, mergeStatus: null },
      { scanId: scanId(3), site: 1, no: 99, mergeStatus: null },
      { scanId: scanId(4), site: 1, no: 100, mergeStatus: 'revoked' },
      { scanId: scanId(5), site: 1, no: 101, mergeStatus: 'valid' },
    ] as const;
    const after = (status: 'revoked' | 'refunded') =>
      entriesAfterEnding({ site: 1, scansTaken: [{ site: 7, scansNo: 10 }], status }, entries);
    expect(after('revoked')).toEqual([
      { kind: 'admitted_after_revocation', scanId: scanId(2) },
      { kind: 'admitted_after_revocation', scanId: scanId(4) },
    ]);
    expect(after('refunded')).toEqual([{ kind: 'admitted_after_refund', scanId: scanId(2) }]);
  });

  test('Y-25 a pass is where its highest crossing says, and the counters move it there', () => {
    const inside = last('hall', { crossingNo: 3 });
    const later = last('stage', { crossingNo: 65_537 });
    const out = last('outside', { crossingNo: 65_538 });
    expect(laterCrossing(later, inside)).toBe(later);
    expect(laterCrossing(null, inside)).toBe(inside);
    expect(laterCrossing(null, null)).toBeNull();
    expect(moveOnMerge(inside, later, areas.outside)).toEqual({
      fromArea: areas.hall,
      toArea: areas.stage,
    });
    expect(moveOnMerge(null, inside, areas.outside)?.fromArea).toBe(areas.outside);
    expect(moveOnMerge(null, out, areas.outside)).toBeNull();
    expect(moveOnMerge(later, later, areas.outside)).toBeNull();
  });
});

describe('Y-52 media of two sites', () => {
  test('each numbers its own', () => {
    expect([nextMediumNo(0, 'cloud'), nextMediumNo(0, 'venue')]).toEqual([1, 3]);
    expect([nextMediumNo(2, 'cloud'), nextMediumNo(2, 'venue')]).toEqual([5, 3]);
    expect([nextMediumNo(4, 'cloud'), nextMediumNo(4, 'venue')]).toEqual([5, 7]);
    expect([nextMediumNo(252, 'cloud'), nextMediumNo(252, 'venue')]).toEqual([253, null]);
    expect(nextMediumNo(254, 'cloud')).toBeNull();
  });

  test('two issues never meet, and each is above all that was known', () => {
    fc.assert(
      fc.property(fc.nat(254), fc.nat(254), (a, b) => {
        const [cloud, venue] = [nextMediumNo(a, 'cloud'), nextMediumNo(b, 'venue')];
        if (cloud === null || venue === null) return;
        expect(cloud).toBeGreaterThan(a);
        expect(cloud + 1).toBeLessThanOrEqual(255);
        expect(Math.abs(cloud - venue)).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  test('the highest issue lives, and none of a pass that is over', () => {
    expect(livingFromNo(2, 'valid')).toBe(1);
    expect(livingFromNo(3, 'valid')).toBe(3);
    expect(livingFromNo(4, 'blocked')).toBe(3);
    expect(livingFromNo(4, 'revoked')).toBeNull();
    expect(livingFromNo(4, 'refunded')).toBeNull();
    expect(livingFromNo(0, 'valid')).toBeNull();
  });
});

describe('Y-40 I-1 the id of a credential', () => {
  test('is an id everywhere, and no site ever makes it', () => {
    fc.assert(
      fc.property(anyBytes(8), (digest) => {
        const id = credentialId(digest);
        expect(parseId(id.toString())).toEqual({ ok: true, value: id });
        expect(siteOf(id)).toBeNull();
        expect(BigInt.asIntN(64, id)).toBe(id);
        expect(id).toBe(credentialId(digest.slice()));
      }),
    );
  });

  test('has 62 bits of the digest', () => {
    expect(credentialId(new Uint8Array(8))).toBe(1n << 62n);
    expect(credentialId(new Uint8Array(8).fill(0xff))).toBe((1n << 63n) - 1n);
    expect(credentialId(new Uint8Array([0xc0, 0, 0, 0, 0, 0, 0, 5]))).toBe((1n << 62n) + 5n);
    expect(() => credentialId(new Uint8Array(7))).toThrow(AssertionError);
  });
});

describe('Y-61 the outbox of a device that is alone', () => {
  type Kept = Outbox<{ readonly scanId: ScanId }>;
  const act = fc.oneof(
    fc.record({ kind: fc.constant('scan' as const), no: fc.nat(20) }),
    fc.record({ kind: fc.constant('upload' as const), max: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      kind: fc.constant('upload, and die before the answer' as const),
      max: fc.constant(3),
    }),
    fc.record({ kind: fc.constant('answer that comes twice' as const) }),
  );

  test('keeps each scan until it is acknowledged, in order, and sends it again after a crash', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let outbox: Kept = emptyOutbox;
        let answered: ScanId[] = [];
        const made: ScanId[] = [];
        const stored: ScanId[] = [];
        for (const one of acts) {
          if (one.kind === 'scan') {
            outbox = queued(outbox, { scanId: scanId(one.no) });
            if (!made.includes(scanId(one.no))) made.push(scanId(one.no));
          } else if (one.kind === 'answer that comes twice') {
            outbox = acknowledged(outbox, answered);
          } else {
            const sent = nextUpload(outbox, one.max).map((scan) => scan.scanId);
            expect(sent.length).toBe(Math.min(one.max, outbox.scans.length));
            for (const id of sent) if (!stored.includes(id)) stored.push(id);
            if (one.kind === 'upload') outbox = acknowledged(outbox, (answered = sent));
          }
          const waiting = outbox.scans.map((scan) => scan.scanId);
          expect(new Set([...stored, ...waiting])).toEqual(new Set(made));
        }
      }),
    );
  });

  test('takes a scan once', () => {
    const once = queued(emptyOutbox as Kept, { scanId: scanId(1) });
    expect(queued(once, { scanId: scanId(1) })).toBe(once);
    expect(acknowledged(once, [scanId(2)])).toBe(once);
  });
});

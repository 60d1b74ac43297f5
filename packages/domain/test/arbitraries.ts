import fc from 'fast-check';
import {
  assert,
  credentialId,
  entriesMax,
  entryPolicyKinds,
  makeId,
  type EntryPolicy,
  type PassClaims,
  type PassId,
  type RowId,
} from '../src/index.ts';

export const anyBytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

export function anyId<Id extends RowId>(): fc.Arbitrary<Id> {
  const site = fc.integer({ min: 1, max: 255 });
  const counter = fc.bigInt({ min: 1n, max: (1n << 48n) - 1n });
  return fc.tuple(site, counter).map(([site, counter]) => makeId<Id>(site, counter));
}

/** An id of a site, or a derived one. */
export const anyPassId: fc.Arbitrary<PassId> = fc.oneof(
  anyId<PassId>(),
  anyBytes(8).map(credentialId),
);

export const anyPolicy: fc.Arbitrary<EntryPolicy> = fc
  .tuple(fc.constantFrom(...entryPolicyKinds), fc.integer({ min: 1, max: entriesMax }))
  .map(([kind, n]) => (kind === 'n_times' ? { kind, n } : { kind }));

export const anyClaims: fc.Arbitrary<PassClaims> = fc.record({
  keyId: fc.integer({ min: 0x100, max: 0xffff }),
  eventId: anyId(),
  passId: anyPassId,
  typeNo: fc.integer({ min: 1, max: 0xffff }),
  mediumNo: fc.integer({ min: 1, max: 0xff }),
  policy: anyPolicy,
  areas: fc.integer({ min: 0, max: 0xffff }),
  days: fc.integer({ min: 0, max: 0xffff }),
  issuedAt: fc.integer({ min: 0, max: 0xffff_ffff }),
});

/** Claims for a test in which any would do. */
export function someClaims(): PassClaims {
  const [claims] = fc.sample(anyClaims, 1);
  assert(claims !== undefined, 'one sample was asked for');
  return claims;
}

/** Any text at all, and texts that nearly are something. */
export const garbage = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
      minLength: 150,
      maxLength: 158,
    })
    .map((s) => `CT${s}`),
  fc.string({ unit: fc.constantFrom(...'0123456789 -'), maxLength: 20 }),
  fc.json(),
);

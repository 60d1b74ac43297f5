import { makeId, maskOf, type EventId, type PassClaims, type PassId } from '../src/index.ts';
import { rawPublicKeyOf } from './raw-key.ts';

/** Fixed keys: never of a real site. */
export const vectorKeys = [0x0101, 0x0102, 0x0201].map((keyId) => {
  const seed = Uint8Array.from({ length: 32 }, (_, i) => (keyId + i) & 0xff);
  return { keyId, seed, publicKey: rawPublicKeyOf(seed) };
});

const plain: PassClaims = {
  keyId: 0x0101,
  eventId: makeId<EventId>(1, 1n),
  passId: makeId<PassId>(1, 1000n),
  typeNo: 1,
  mediumNo: 1,
  policy: { kind: 'once' },
  areas: maskOf([1]),
  days: maskOf([1]),
  issuedAt: 1_750_000,
};

export const tokenCases: readonly { title: string; claims: PassClaims }[] = [
  { title: 'a day ticket', claims: plain },
  {
    title: 'three days, once a day, signed by the next key',
    claims: { ...plain, keyId: 0x0102, policy: { kind: 'once_per_day' }, days: maskOf([1, 2, 3]) },
  },
  {
    title: 'a reissued code with re-entry, of another site',
    claims: {
      ...plain,
      keyId: 0x0201,
      passId: makeId<PassId>(2, 7n),
      mediumNo: 2,
      policy: { kind: 'reentry' },
    },
  },
  { title: 'five entries', claims: { ...plain, policy: { kind: 'n_times', n: 5 } } },
  {
    title: 'a credential of the crew',
    claims: { ...plain, typeNo: 300, policy: { kind: 'unlimited' }, areas: 0xffff, days: 0xffff },
  },
  {
    title: 'every field at its smallest',
    claims: { ...plain, passId: makeId<PassId>(1, 1n), areas: 0, days: 0, issuedAt: 0 },
  },
  {
    title: 'every field at its largest',
    claims: {
      keyId: 0x0201,
      eventId: makeId<EventId>(255, 0xffff_ffff_ffffn),
      passId: makeId<PassId>(255, 0xffff_ffff_ffffn),
      typeNo: 0xffff,
      mediumNo: 0xff,
      policy: { kind: 'n_times', n: 31 },
      areas: 0xffff,
      days: 0xffff,
      issuedAt: 0xffff_ffff,
    },
  },
];

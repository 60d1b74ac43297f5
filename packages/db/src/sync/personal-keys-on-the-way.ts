import { createHmac } from 'node:crypto';
import { assert } from '@catraca/domain';
import { z } from 'zod';
import type { PersonalKey } from '../commands/keys/personal-keys.ts';
import { seal, unseal } from '../commands/keys/seal.ts';
import { type PersonalKeys, personalKeys } from '../personal/personal-keys.ts';

/*
 * A venue has the keys of its cloud, so that a fact's sealed names are what they are at both. They travel with the pairing and with the profile,
 * over TLS, and sealed once more with the site's own key, which stands in no body and no log: a proxy that ends TLS sees nothing of them.
 */

const label = 'personal-keys-on-the-way';

const told = z.array(
  z.object({
    no: z.int().min(256).max(65_535),
    kind: z.enum(['data', 'index']),
    state: z.enum(['next', 'current', 'old']),
    key: z.base64().transform((key) => new Uint8Array(Buffer.from(key, 'base64'))),
  }),
);

/** The keys this process holds, for a venue that showed `siteKey`: base64. */
export function wrapPersonalKeys(siteKey: string): string {
  const keys = keysToTell(personalKeys());
  const rows = keys.map((row) => ({ ...row, key: Buffer.from(row.key).toString('base64') }));
  const sealed = seal(wrappingKey(siteKey), label, Buffer.from(JSON.stringify(rows)));
  return Buffer.from(sealed).toString('base64');
}

/** At the venue. @throws when they were sealed for another. */
export function unwrapPersonalKeys(siteKey: string, wrapped: string): PersonalKey[] {
  const opened = unseal(wrappingKey(siteKey), label, Buffer.from(wrapped, 'base64'));
  assert(opened, 'the cloud sealed its keys for this venue');
  return told.parse(JSON.parse(Buffer.from(opened).toString()));
}

/** What changes when there are other keys, and tells nothing of them. */
export function namesOfPersonalKeys(): string {
  const { current, data } = personalKeys();
  return `${current}/${[...data.keys()].join()}`;
}

/** Numbers grow: a higher one than the current is yet to seal. The index key has the number that no data key has. */
function keysToTell({ current, data, index }: PersonalKeys): PersonalKey[] {
  const stateOf = (no: number): PersonalKey['state'] =>
    no === current ? 'current' : no > current ? 'next' : 'old';
  return [
    { no: current & 0xff00, kind: 'index', state: 'current', key: index },
    ...[...data].map(([no, key]) => ({ no, kind: 'data' as const, state: stateOf(no), key })),
  ];
}

function wrappingKey(siteKey: string): Uint8Array {
  return createHmac('sha256', siteKey).update(label).digest();
}

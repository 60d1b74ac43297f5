import { createHash } from 'node:crypto';
import { assert, credentialDigestBytes, credentialId, nextMediumNo } from '@catraca/domain';
import { and, eq, max, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { insertRows } from '../../rows.ts';
import { media, passes, passTypes, persons } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { at } from '../ids.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { insertPersons, personRow } from '../persons.ts';
import { transact } from '../transact.ts';
import { insertBarcodes, insertQrMedia } from './insert-media.ts';
import { issuePasses } from './issue-passes.ts';
import { signMedium } from './sign-medium.ts';
import { readSignedTypes } from './signed-types.ts';

export interface CredentialRequest {
  typeId: bigint;
  holder: { name: string; email: string | null };
  /**
   * What tells this person from others at the event, such as a document's number, as a keyed digest. The same person has the same
   * credential on both sites, so that a second grant is a second print. Null makes a credential of its own each time.
   */
  personKey: Uint8Array | null;
}

export type GrantCredentialResult =
  /** `again`: the person had it already, and this is one more print of it. */
  | { ok: true; passId: bigint; again: boolean }
  /** No credential type has this id: tickets are sold, not granted. */
  | { ok: false; code: 'unknown_type' };

export async function grantCredential(
  db: Db,
  request: CredentialRequest,
  key: SigningKey,
  now: Date,
): Promise<GrantCredentialResult> {
  return transact<GrantCredentialResult>(db, async (tx) => {
    const [type] = await tx
      .select({ eventId: passTypes.eventId })
      .from(passTypes)
      .where(and(eq(passTypes.id, request.typeId), eq(passTypes.kind, 'credential')));
    if (!type) return { ok: false, code: 'unknown_type' };
    const granted = await grant(tx, type.eventId, request, key, now);
    await record(tx, 'credential', [granted.passId]);
    return { ok: true, ...granted };
  });
}

async function grant(
  tx: Tx,
  eventId: bigint,
  request: CredentialRequest,
  key: SigningKey,
  now: Date,
): Promise<{ passId: bigint; again: boolean }> {
  const known = await findCredential(tx, eventId, [request.personKey]);
  if (known) {
    await printAgain(tx, known, key, now);
    return { passId: known.passId, again: true };
  }
  const { passId } = await grantTo(tx, eventId, request, key, now);
  return { passId, again: false };
}

/**
 * The credential that is made of the first of these keys of a person. Whoever grants one of them is waited for, and waits until this
 * transaction is over: two desks that grant it at the same moment follow one another.
 */
export async function findCredential(
  tx: Tx,
  eventId: bigint,
  personKeys: readonly (Uint8Array | null)[],
) {
  const ids = personKeys.flatMap((key) => (key ? [derivedId('credential', eventId, key)] : []));
  const [first] = ids;
  if (first === undefined) return undefined;
  for (const id of ids.toSorted((a, b) => (a < b ? -1 : 1))) {
    await tx.execute(sql`select pg_advisory_xact_lock(${id})`);
  }
  const [known] = await tx
    .select({
      passId: passes.id,
      typeId: passes.typeId,
      status: passes.status,
      holderId: passes.holderId,
      highest: max(media.no),
    })
    .from(passes)
    .leftJoin(media, eq(media.passId, passes.id))
    .where(eq(passes.id, first))
    .groupBy(passes.id);
  return known;
}

/** Grants a credential to a person who has none. Not a command of its own: whoever calls it has asked `findCredential`. */
export async function grantTo(
  tx: Tx,
  eventId: bigint,
  { typeId, holder, personKey }: CredentialRequest,
  key: SigningKey,
  now: Date,
): Promise<{ passId: bigint; holderId: bigint }> {
  const pass = { typeId, orderLineId: null, seatId: null };
  if (personKey === null) {
    const holderId = at(await insertPersons(tx, eventId, [holder]), 0);
    const [passId] = await issuePasses(tx, key, [{ ...pass, holderId }], now);
    assert(passId, 'a pass was issued');
    return { passId, holderId };
  }
  const passId = derivedId('credential', eventId, personKey);
  const holderId = derivedId('person', eventId, personKey);
  await insertRows(tx, persons, [personRow(holderId, eventId, holder)]);
  await issuePasses(tx, key, [{ ...pass, holderId, id: passId }], now);
  return { passId, holderId };
}

/** The same on every site, whoever grants it first. */
function derivedId(what: 'credential' | 'person', eventId: bigint, personKey: Uint8Array): bigint {
  const digest = createHash('sha256').update(`${what}:${eventId}:`).update(personKey).digest();
  return credentialId(digest.subarray(0, credentialDigestBytes));
}

/** Another badge of a credential that is there: its codes live, those of the badges before are dead. */
async function printAgain(
  tx: Tx,
  pass: { passId: bigint; typeId: bigint; highest: number | null },
  key: SigningKey,
  now: Date,
): Promise<void> {
  const type = (await readSignedTypes(tx, [pass.typeId])).get(pass.typeId);
  const { kind } = await getLocalSite(tx);
  const no = nextMediumNo(pass.highest ?? 0, kind);
  assert(type && no !== null, 'a credential has its type, and is not printed a hundred times');
  await tx
    .update(media)
    .set({ state: 'dead', diedAt: now })
    .where(and(eq(media.passId, pass.passId), eq(media.state, 'active')));
  await insertQrMedia(tx, [signMedium(key, type, pass.passId, no, now)]);
  await insertBarcodes(tx, [{ passId: pass.passId, no: no + 1, at: now }]);
}

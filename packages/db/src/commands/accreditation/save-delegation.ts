import { assert } from '@catraca/domain';
import { and, eq, inArray, ne, notInArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { delegationQuotas, delegations, passTypes } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { queueMailAbout } from '../mail/queue-mail-about.ts';
import { transact } from '../transact.ts';
import { drawLinkSecret } from './link-secret.ts';

export interface DelegationDraft {
  name: string;
  contactName: string | null;
  contactEmail: string | null;
  locale: 'en' | 'pt-br' | 'es';
  state: 'open' | 'closed';
  /** How many people it may bring with each credential type; a type that is not named: none. */
  quotas: readonly { typeId: bigint; quantity: number }[];
}

type Refused =
  | { ok: false; code: 'unknown_delegation' | 'unknown_type' | 'name_taken' | 'edited_meanwhile' }
  /** More people than this have applied already. */
  | { ok: false; code: 'quota_below_used'; typeId: bigint; used: number };

/** `secret`: for the link, told this once. Not for logs. */
export type CreateDelegationResult = { ok: true; id: bigint; secret: string } | Refused;

/** A delegation with its quotas and a link of its own, which is mailed to its contact where there is an address. */
export async function createDelegation(
  db: Db,
  eventId: bigint,
  draft: DelegationDraft,
  actor: Actor,
  now: Date,
): Promise<CreateDelegationResult> {
  return transact<CreateDelegationResult>(db, async (tx, refuse) => {
    if (await isNameTaken(tx, eventId, draft.name)) return { ok: false, code: 'name_taken' };
    const { secret, linkHash } = drawLinkSecret();
    const [made] = await tx
      .insert(delegations)
      .values({ eventId, ...columnsOf(draft), linkHash, createdAt: now })
      .onConflictDoNothing()
      .returning();
    if (!made) return { ok: false, code: 'name_taken' };
    const refused = await setQuotas(tx, made, draft.quotas);
    if (refused) return refuse(refused);
    await invite(tx, made, secret, now);
    await writeAudit(tx, actor, { ...entryOf('create', made), after: auditedOf(draft) });
    return { ok: true, id: made.id, secret };
  });
}

export type UpdateDelegationResult = { ok: true; version: number } | Refused;

/** Changes a delegation; `version` is the one that was edited. */
export async function updateDelegation(
  db: Db,
  { eventId, id, version }: { eventId: bigint; id: bigint; version: number },
  draft: DelegationDraft,
  actor: Actor,
): Promise<UpdateDelegationResult> {
  return transact<UpdateDelegationResult>(db, async (tx, refuse) => {
    const known = await lockDelegation(tx, eventId, id);
    if (!known) return { ok: false, code: 'unknown_delegation' };
    if (known.version !== version) return { ok: false, code: 'edited_meanwhile' };
    if (await isNameTaken(tx, eventId, draft.name, id)) return { ok: false, code: 'name_taken' };
    await tx
      .update(delegations)
      .set({ ...columnsOf(draft), version: version + 1 })
      .where(eq(delegations.id, id));
    const refused = await setQuotas(tx, known, draft.quotas);
    if (refused) return refuse(refused);
    const before = { name: known.name, state: known.state, locale: known.locale };
    await writeAudit(tx, actor, { ...entryOf('update', known), before, after: auditedOf(draft) });
    return { ok: true, version: version + 1 };
  });
}

export type RenewLinkResult =
  { ok: true; secret: string } | { ok: false; code: 'unknown_delegation' };

/** A new link for a delegation; the old one opens nothing any more. It is mailed as the first one was. */
export async function renewDelegationLink(
  db: Db,
  { eventId, id }: { eventId: bigint; id: bigint },
  actor: Actor,
  now: Date,
): Promise<RenewLinkResult> {
  return transact<RenewLinkResult>(db, async (tx) => {
    const known = await lockDelegation(tx, eventId, id);
    if (!known) return { ok: false, code: 'unknown_delegation' };
    const { secret, linkHash } = drawLinkSecret();
    await tx.update(delegations).set({ linkHash }).where(eq(delegations.id, id));
    await invite(tx, known, secret, now);
    await writeAudit(tx, actor, entryOf('renewLink', known));
    return { ok: true, secret };
  });
}

type DelegationRow = typeof delegations.$inferSelect;

function entryOf(verb: 'create' | 'update' | 'renewLink', { id, eventId }: DelegationRow) {
  const action = `delegation.${verb}`;
  return { action, eventId, subjectKind: 'delegation', subjectId: id };
}

/** Who its contact is stands in the delegation alone. */
function auditedOf({ name, state, locale, quotas }: DelegationDraft) {
  return { name, state, locale, quotas };
}

async function lockDelegation(
  tx: Tx,
  eventId: bigint,
  id: bigint,
): Promise<DelegationRow | undefined> {
  const [row] = await tx
    .select()
    .from(delegations)
    .where(and(eq(delegations.id, id), eq(delegations.eventId, eventId)))
    .for('no key update');
  return row;
}

function columnsOf({ name, contactName, contactEmail, locale, state }: DelegationDraft) {
  return {
    name: name.trim(),
    contactName: contactName?.trim() ?? null,
    contactEmail: contactEmail?.trim() ?? null,
    locale,
    state,
  };
}

async function isNameTaken(tx: Tx, eventId: bigint, name: string, butId?: bigint) {
  const found = await tx.$count(
    delegations,
    and(
      eq(delegations.eventId, eventId),
      eq(delegations.name, name.trim()),
      butId === undefined ? undefined : ne(delegations.id, butId),
    ),
  );
  return found > 0;
}

async function invite(tx: Tx, delegation: DelegationRow, secret: string, now: Date): Promise<void> {
  if (delegation.contactEmail === null) return;
  const about = { delegationId: delegation.id };
  const key = `${delegation.id}:${now.getTime()}`;
  await queueMailAbout(tx, { kind: 'delegation_invited', about, key, secret, at: now });
}

/** Writes what each type's quota is from now on. What was used stays used. */
async function setQuotas(
  tx: Tx,
  { id: delegationId, eventId }: Pick<DelegationRow, 'id' | 'eventId'>,
  quotas: DelegationDraft['quotas'],
): Promise<Refused | undefined> {
  const wanted = new Map(
    quotas.filter(({ quantity }) => quantity > 0).map((quota) => [quota.typeId, quota.quantity]),
  );
  const ids = [...wanted.keys()];
  const types = await tx.$count(
    passTypes,
    and(
      inArray(passTypes.id, ids),
      eq(passTypes.eventId, eventId),
      eq(passTypes.kind, 'credential'),
    ),
  );
  if (types !== wanted.size) return { ok: false, code: 'unknown_type' };
  const ofDelegation = eq(delegationQuotas.delegationId, delegationId);
  const known = await tx.select().from(delegationQuotas).where(ofDelegation).for('no key update');
  const short = known.find(({ typeId, used }) => used > (wanted.get(typeId) ?? 0));
  if (short) return { ok: false, code: 'quota_below_used', typeId: short.typeId, used: short.used };
  await tx
    .delete(delegationQuotas)
    .where(and(ofDelegation, notInArray(delegationQuotas.typeId, ids)));
  if (wanted.size === 0) return undefined;
  await tx
    .insert(delegationQuotas)
    .values([...wanted].map(([typeId, quantity]) => ({ delegationId, typeId, quantity })))
    .onConflictDoUpdate({
      target: [delegationQuotas.delegationId, delegationQuotas.typeId],
      set: { quantity: sql`excluded.quantity` },
    });
  return undefined;
}

/** Takes a place of the quota; false when none is left, or there never was one. */
export async function takePlaceOfQuota(
  tx: Tx,
  quota: { delegationId: bigint; typeId: bigint },
): Promise<boolean> {
  const taken = await tx
    .update(delegationQuotas)
    .set({ used: sql`${delegationQuotas.used} + 1` })
    .where(
      and(
        eq(delegationQuotas.delegationId, quota.delegationId),
        eq(delegationQuotas.typeId, quota.typeId),
        sql`${delegationQuotas.used} < ${delegationQuotas.quantity}`,
      ),
    )
    .returning({ used: delegationQuotas.used });
  return taken.length > 0;
}

/** Gives a place of the quota back. */
export async function giveBackPlace(
  tx: Tx,
  quota: { delegationId: bigint; typeId: bigint },
): Promise<void> {
  const given = await tx
    .update(delegationQuotas)
    .set({ used: sql`${delegationQuotas.used} - 1` })
    .where(
      and(
        eq(delegationQuotas.delegationId, quota.delegationId),
        eq(delegationQuotas.typeId, quota.typeId),
      ),
    )
    .returning({ used: delegationQuotas.used });
  assert(given.length === 1, 'who applied had a place of a quota');
}

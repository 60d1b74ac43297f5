import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { findSubject, stillOpensDoors } from '../../personal/find-subjects.ts';
import { idArray } from '../../rows.ts';
import { record } from '../../sync/record-facts.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { recordPassChange } from '../passes/record-change.ts';
import { transact } from '../transact.ts';
import { forgetApplications, forgetContacts, forgetPeople } from './forget-people.ts';

export interface ErasePersonRequest {
  /** One of the person's rows, or of their applications: the others are found as `findSubject` says. */
  personId: bigint;
  /** Whether passes that still open doors may end by it. */
  endsPasses: boolean;
}

export type ErasePersonResult =
  | { ok: true; people: number; endedPasses: number }
  | { ok: false; code: 'unknown_person' }
  /** Nobody can show who they are for a pass without a name: such passes end, and somebody has to say so. */
  | { ok: false; code: 'has_valid_passes'; passes: number };

/** Forgets one person of an organization, at all its events and sites. What they bought and when they came stays, as somebody's. */
export async function erasePerson(
  db: Db,
  { personId, endsPasses }: ErasePersonRequest,
  actor: Actor,
  now: Date,
): Promise<ErasePersonResult> {
  return transact<ErasePersonResult>(db, async (tx) => {
    const subject = await findSubject(tx, actor.organizationId, personId);
    if (!subject) return { ok: false, code: 'unknown_person' };
    const { personIds, applicationIds } = subject;
    const open = await lockOpenPasses(tx, personIds, now);
    if (open.length > 0 && !endsPasses)
      return { ok: false, code: 'has_valid_passes', passes: open.length };
    await endPasses(tx, open, actor, now);
    const people = await forgetPeople(tx, personIds);
    await forgetApplications(tx, applicationIds);
    await forgetContacts(tx, actor.organizationId, subject.email);
    await record(tx, 'person', personIds);
    const after = { people, endedPasses: open.length };
    await writeAudit(tx, actor, {
      ...{ action: 'person.erase', subjectKind: 'person', subjectId: personId, after },
    });
    return { ok: true, ...after };
  });
}

async function lockOpenPasses(tx: Tx, personIds: readonly bigint[], now: Date): Promise<bigint[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select p.id from passes p where ${stillOpensDoors(idArray(personIds), now)} order by p.id for no key update`);
  return rows.map(({ id }) => BigInt(id));
}

async function endPasses(
  tx: Tx,
  passIds: readonly bigint[],
  { kind, id }: Actor,
  now: Date,
): Promise<void> {
  if (passIds.length === 0) return;
  const act = { userId: kind === 'member' ? id : null, reason: null };
  for (const passId of passIds) await recordPassChange(tx, passId, 'revoked', act, now);
  await tx.execute(sql`update passes set status = 'revoked' where id = any(${idArray(passIds)})`);
  await record(tx, 'pass_change', passIds);
}

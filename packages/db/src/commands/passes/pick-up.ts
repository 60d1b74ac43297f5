import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { passChanges, persons, users } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { insertPhoto, type Photo } from '../accreditation/photos.ts';
import { type Actor, type AuditEntry, writeAudit, writeAudits } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { type PassAct, recordPassChange } from './record-change.ts';
import { lockPass, type PassRow } from './revoke-pass.ts';

/** What is done at the pick-up desk, and who does it: for the pass's own history and for the audit log. */
export interface DeskAct {
  act: PassAct;
  by: Actor;
}

function deskAudit(
  action: string,
  { id: subjectId, eventId }: Pick<PassRow, 'id' | 'eventId'>,
  after?: Record<string, unknown>,
): AuditEntry {
  return { action, eventId, subjectKind: 'pass', subjectId, ...(after && { after }) };
}

export type HandOverResult =
  | { ok: true }
  | { ok: false; code: 'unknown_pass' | 'not_valid' }
  /** It was handed over before; `by` is null for a command at the console. */
  | { ok: false; code: 'picked_up'; at: Date; by: string | null };

/** Records that a credential's holder has the badge. A second time is told when and by whom the first was, unless `again` says it is meant. */
export async function handOver(
  db: Db,
  passId: bigint,
  { again, ...done }: DeskAct & { again: boolean },
  now: Date,
): Promise<HandOverResult> {
  return transact<HandOverResult>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (pass?.kind !== 'credential') return { ok: false, code: 'unknown_pass' };
    if (pass.status !== 'valid') return { ok: false, code: 'not_valid' };
    const [before] = await tx
      .select({ at: passChanges.createdAt, by: users.name })
      .from(passChanges)
      .leftJoin(users, eq(users.id, passChanges.userId))
      .where(and(eq(passChanges.passId, passId), eq(passChanges.kind, 'picked_up')))
      .orderBy(desc(passChanges.createdAt))
      .limit(1);
    if (before && !again) return { ok: false, code: 'picked_up', ...before };
    await recordPassChange(tx, passId, 'picked_up', done.act, now);
    await writeAudit(tx, done.by, deskAudit('pass.handOver', pass, { again }));
    await record(tx, 'pass_change', [passId]);
    return { ok: true };
  });
}

/** Records that badges of an event's credentials were printed: a row of the pass's history and one of the audit log for each. */
export async function recordBadgesPrinted(
  db: Db,
  { eventId, passIds }: { eventId: bigint; passIds: readonly bigint[] },
  { act, by }: DeskAct,
  now: Date,
): Promise<void> {
  if (passIds.length === 0) return;
  await transact(db, async (tx) => {
    const printed = { kind: 'badge_printed' as const, ...act, createdAt: now };
    await tx.insert(passChanges).values(passIds.map((passId) => ({ passId, ...printed })));
    await writeAudits(
      tx,
      by,
      passIds.map((id) => deskAudit('pass.printBadge', { id, eventId })),
    );
    await record(tx, 'pass_change', passIds);
  });
}

/** Gives a credential's holder another photo, taken with their consent at `now`. */
export async function setHolderPhoto(
  db: Db,
  passId: bigint,
  photo: Photo,
  { act, by }: DeskAct,
  now: Date,
): Promise<{ ok: true } | { ok: false; code: 'unknown_pass' }> {
  return transact<{ ok: true } | { ok: false; code: 'unknown_pass' }>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (pass?.kind !== 'credential') return { ok: false, code: 'unknown_pass' };
    const photoId = await insertPhoto(tx, pass.eventId, photo, now);
    await tx.update(persons).set({ photoId }).where(eq(persons.id, pass.holderId));
    await recordPassChange(tx, passId, 'photo_changed', act, now);
    await writeAudit(tx, by, deskAudit('pass.changePhoto', pass));
    // With the person, the photo and all.
    await record(tx, 'credential', [passId]);
    return { ok: true };
  });
}

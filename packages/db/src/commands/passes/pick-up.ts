import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { passChanges, persons, users } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { insertPhoto, type Photo } from '../accreditation/photos.ts';
import { transact } from '../transact.ts';
import { type PassAct, recordPassChange } from './record-change.ts';
import { lockPass } from './revoke-pass.ts';

export type HandOverResult =
  | { ok: true }
  | { ok: false; code: 'unknown_pass' | 'not_valid' }
  /** It was handed over before; `by` is null for a command at the console. */
  | { ok: false; code: 'picked_up'; at: Date; by: string | null };

/** Records that a credential's holder has the badge. A second time is told when and by whom the first was, unless `again` says it is meant. */
export async function handOver(
  db: Db,
  passId: bigint,
  act: PassAct,
  now: Date,
  again = false,
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
    await recordPassChange(tx, passId, 'picked_up', act, now);
    await record(tx, 'pass_change', [passId]);
    return { ok: true };
  });
}

/** Records that badges were printed. */
export async function recordBadgesPrinted(
  db: Db,
  passIds: readonly bigint[],
  act: PassAct,
  now: Date,
): Promise<void> {
  if (passIds.length === 0) return;
  await transact(db, async (tx) => {
    const printed = { kind: 'badge_printed' as const, ...act, createdAt: now };
    await tx.insert(passChanges).values(passIds.map((passId) => ({ passId, ...printed })));
    await record(tx, 'pass_change', passIds);
  });
}

/** Gives a credential's holder another photo, taken with their consent at `now`. */
export async function setHolderPhoto(
  db: Db,
  passId: bigint,
  photo: Photo,
  act: PassAct,
  now: Date,
): Promise<{ ok: true } | { ok: false; code: 'unknown_pass' }> {
  return transact<{ ok: true } | { ok: false; code: 'unknown_pass' }>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (pass?.kind !== 'credential') return { ok: false, code: 'unknown_pass' };
    const photoId = await insertPhoto(tx, pass.eventId, photo, now);
    await tx.update(persons).set({ photoId }).where(eq(persons.id, pass.holderId));
    await recordPassChange(tx, passId, 'photo_changed', act, now);
    // With the person, the photo and all.
    await record(tx, 'credential', [passId]);
    return { ok: true };
  });
}

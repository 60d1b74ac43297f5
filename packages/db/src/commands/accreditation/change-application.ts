import { type ApplicationFields, stateAfter } from '@catraca/domain/accreditation';
import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { applications } from '../../schema/index.ts';
import { transact } from '../transact.ts';
import { insertPhoto, type Photo } from './photos.ts';
import { giveBackPlace } from './save-delegation.ts';
import { personColumns } from './submit-application.ts';

export type ApplicationRow = typeof applications.$inferSelect;

export async function lockApplication(tx: Tx, id: bigint): Promise<ApplicationRow | undefined> {
  const [row] = await tx.select().from(applications).where(eq(applications.id, id)).for('update');
  return row;
}

export type ChangeApplicationResult =
  | { ok: true }
  | { ok: false; code: 'unknown_application' | 'edited_meanwhile' }
  /** It was decided, or taken back. */
  | { ok: false; code: 'decided_already'; state: ApplicationRow['state'] };

/** The applicant mends what was asked of them, or what they see is wrong. Without a photo the one there stays. */
export async function mendApplication(
  db: Db,
  { id, version }: { id: bigint; version: number },
  { fields, photo }: { fields: ApplicationFields; photo: Photo | null },
  now: Date,
): Promise<ChangeApplicationResult> {
  return transact<ChangeApplicationResult>(db, async (tx) => {
    const known = await lockApplication(tx, id);
    if (!known) return { ok: false, code: 'unknown_application' };
    const state = stateAfter(known.state, 'mend');
    if (!state) return { ok: false, code: 'decided_already', state: known.state };
    if (known.version !== version) return { ok: false, code: 'edited_meanwhile' };
    const photoId = photo ? await insertPhoto(tx, known.eventId, photo, now) : known.photoId;
    await tx
      .update(applications)
      .set({ ...personColumns(fields), photoId, state, message: '', version: version + 1 })
      .where(eq(applications.id, id));
    return { ok: true };
  });
}

/** The applicant takes it back; its place of the quota is free again. */
export async function withdrawApplication(db: Db, id: bigint): Promise<ChangeApplicationResult> {
  return transact<ChangeApplicationResult>(db, async (tx) => {
    const known = await lockApplication(tx, id);
    if (!known) return { ok: false, code: 'unknown_application' };
    if (known.state === 'withdrawn') return { ok: true };
    const state = stateAfter(known.state, 'withdraw');
    if (!state) return { ok: false, code: 'decided_already', state: known.state };
    await tx
      .update(applications)
      .set({ state, version: known.version + 1 })
      .where(eq(applications.id, id));
    const { delegationId, typeId } = known;
    if (delegationId !== null) await giveBackPlace(tx, { delegationId, typeId });
    return { ok: true };
  });
}

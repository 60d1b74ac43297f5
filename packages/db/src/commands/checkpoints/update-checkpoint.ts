import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { checkpoints, venuePlans } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { transact } from '../transact.ts';

export interface CheckpointChange {
  name?: string | undefined;
  open?: boolean | undefined;
}

export type UpdateCheckpointResult =
  | { ok: true }
  | { ok: false; code: 'unknown_checkpoint' }
  /** Events are set up at the cloud: this site takes them from there. */
  | { ok: false; code: 'set_up_elsewhere' };

/** Renames a checkpoint of an event, opens or closes it; gates and walls hear of it. */
export async function updateCheckpoint(
  db: Db,
  checkpoint: { eventId: bigint; id: bigint },
  change: CheckpointChange,
  by: Actor | null = null,
): Promise<UpdateCheckpointResult> {
  return transact<UpdateCheckpointResult>(db, async (tx) => {
    if (await isSetUpElsewhere(tx, checkpoint.eventId))
      return { ok: false, code: 'set_up_elsewhere' };
    const which = and(
      eq(checkpoints.id, checkpoint.id),
      eq(checkpoints.eventId, checkpoint.eventId),
    );
    const seen = { name: checkpoints.name, open: checkpoints.open };
    const [before] = await tx.select(seen).from(checkpoints).where(which).for('no key update');
    if (!before) return { ok: false, code: 'unknown_checkpoint' };
    const [after] = await tx
      .update(checkpoints)
      .set({
        name: change.name ?? sql`${checkpoints.name}`,
        open: change.open ?? sql`${checkpoints.open}`,
        version: sql`${checkpoints.version} + 1`,
      })
      .where(which)
      .returning(seen);
    // It is a part of the plan: who is drawing it must hear that it is another one now.
    await tx
      .update(venuePlans)
      .set({ version: sql`${venuePlans.version} + 1` })
      .where(eq(venuePlans.eventId, checkpoint.eventId));
    if (by) {
      const { id: subjectId, eventId } = checkpoint;
      const entry = { action: 'checkpoint.update', eventId, subjectKind: 'checkpoint', subjectId };
      await writeAudit(tx, by, { ...entry, before, after: after ?? null });
    }
    await notify(tx, { kind: 'config', eventId: String(checkpoint.eventId) });
    await record(tx, 'event', [checkpoint.eventId]);
    return { ok: true };
  });
}

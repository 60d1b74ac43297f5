import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { conflicts } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { transact } from '../transact.ts';

export type MarkConflictSeenResult = { ok: true } | { ok: false; code: 'unknown_conflict' };

/** Says that a member has looked at a conflict of this event. Who looked first stays; the conflict stays in any case. */
export async function markConflictSeen(
  db: Db,
  which: { eventId: bigint; conflictId: bigint },
  userId: string,
  now: Date,
  by: Actor | null = null,
): Promise<MarkConflictSeenResult> {
  const { eventId, conflictId } = which;
  return transact<MarkConflictSeenResult>(db, async (tx) => {
    const [conflict] = await tx
      .select({ id: conflicts.id })
      .from(conflicts)
      .where(and(eq(conflicts.id, conflictId), eq(conflicts.eventId, eventId)));
    if (!conflict) return { ok: false, code: 'unknown_conflict' };
    await tx
      .update(conflicts)
      .set({ seenAt: now, seenBy: userId })
      .where(and(eq(conflicts.id, conflictId), isNull(conflicts.seenAt)));
    if (by) {
      const subject = { subjectKind: 'conflict', subjectId: conflictId };
      await writeAudit(tx, by, { action: 'conflict.markSeen', eventId, ...subject });
    }
    await notify(tx, { kind: 'conflicts', eventId: String(eventId) });
    await record(tx, 'conflict', [conflictId]);
    return { ok: true };
  });
}

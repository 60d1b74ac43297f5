import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { events } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';

export type SetRetentionResult =
  | { ok: true }
  | { ok: false; code: 'unknown_event' | 'set_up_elsewhere' }
  /** Somebody changed the event after `version` was read. */
  | { ok: false; code: 'edited_meanwhile' };

/** How many days after its last one an event's people are kept; null for ever. The worker forgets them. */
export async function setRetention(
  db: Db,
  wanted: { eventId: bigint; version: number; days: number | null },
  actor: Actor,
): Promise<SetRetentionResult> {
  return transact<SetRetentionResult>(db, async (tx) => {
    const { eventId, version, days } = wanted;
    const [event] = await tx
      .select()
      .from(events)
      .where(eq(events.id, eventId))
      .for('no key update');
    if (!event) return { ok: false, code: 'unknown_event' };
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    if (event.version !== version) return { ok: false, code: 'edited_meanwhile' };
    await tx
      .update(events)
      .set({ retentionDays: days, version: sql`${events.version} + 1` })
      .where(and(eq(events.id, eventId)));
    await writeAudit(tx, actor, {
      ...{ action: 'person.setRetention', eventId, subjectKind: 'event', subjectId: eventId },
      ...{ before: { days: event.retentionDays }, after: { days } },
    });
    await record(tx, 'event', [eventId]);
    return { ok: true };
  });
}

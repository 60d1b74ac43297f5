import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { eventDays, events, passTypes } from '../../schema/index.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { transact } from '../transact.ts';

export type EventStatus = (typeof events.$inferSelect)['status'];

/** What a member may make of an event: on sale, or no longer. */
export type WantedStatus = 'published' | 'closed';

export type SetEventStatusResult =
  | { ok: true }
  | { ok: false; code: 'unknown_event' }
  /** Events are set up at the cloud: this site takes them from there. */
  | { ok: false; code: 'set_up_elsewhere' }
  /** A draft was never on sale, and what is archived stays so. */
  | { ok: false; code: 'wrong_status'; status: EventStatus }
  /** Nobody could come to it, or buy a ticket for it. */
  | { ok: false; code: 'no_days' | 'no_ticket_types' };

const mayBecome: Record<WantedStatus, readonly EventStatus[]> = {
  published: ['draft', 'closed', 'published'],
  closed: ['published', 'closed'],
};

/** Puts an event on sale or takes it off. What was sold stays valid. Asked for again, it stays as it is. */
export async function setEventStatus(
  db: Db,
  eventId: bigint,
  wanted: WantedStatus,
  by: Actor | null = null,
): Promise<SetEventStatusResult> {
  return transact<SetEventStatusResult>(db, async (tx) => {
    const [event] = await tx
      .select()
      .from(events)
      .where(eq(events.id, eventId))
      .for('no key update');
    if (!event) return { ok: false, code: 'unknown_event' };
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    if (!mayBecome[wanted].includes(event.status)) {
      return { ok: false, code: 'wrong_status', status: event.status };
    }
    if (wanted === 'published') {
      const days = await tx.$count(eventDays, eq(eventDays.eventId, eventId));
      if (days === 0) return { ok: false, code: 'no_days' };
      const ofEvent = and(eq(passTypes.eventId, eventId), eq(passTypes.kind, 'ticket'));
      const types = await tx.$count(passTypes, ofEvent);
      if (types === 0) return { ok: false, code: 'no_ticket_types' };
    }
    await tx.update(events).set({ status: wanted }).where(eq(events.id, eventId));
    if (by) {
      const entry = {
        action: 'event.setStatus',
        eventId,
        subjectKind: 'event',
        subjectId: eventId,
      };
      const [before, after] = [{ status: event.status }, { status: wanted }];
      await writeAudit(tx, by, { ...entry, before, after });
    }
    await notify(tx, { kind: 'config', eventId: String(eventId) });
    await record(tx, 'event', [eventId]);
    return { ok: true };
  });
}

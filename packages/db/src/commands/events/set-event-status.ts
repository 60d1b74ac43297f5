import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { eventDays, events, passTypes } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { changeSetUp, type SetUpRefusal } from '../set-up/change-set-up.ts';

export type EventStatus = (typeof events.$inferSelect)['status'];

/** What a member may make of an event: on sale, no longer, or put away. */
export type WantedStatus = 'published' | 'closed' | 'archived';

export type SetEventStatusResult =
  | { ok: true }
  | SetUpRefusal
  /** A draft was never on sale, and what is on sale is closed before it is put away. */
  | { ok: false; code: 'wrong_status'; status: EventStatus }
  /** Nobody could come to it, or buy a ticket for it. */
  | { ok: false; code: 'no_days' | 'no_ticket_types' };

const mayBecome: Record<WantedStatus, readonly EventStatus[]> = {
  published: ['draft', 'closed', 'published'],
  closed: ['published', 'closed', 'archived'],
  archived: ['draft', 'closed', 'archived'],
};

/** Puts an event on sale, takes it off or puts it away. What was sold stays valid. Asked for again, it stays as it is. */
export async function setEventStatus(
  db: Db,
  eventId: bigint,
  wanted: WantedStatus,
  by: Actor | null = null,
): Promise<SetEventStatusResult> {
  return changeSetUp<SetEventStatusResult>(db, eventId, by, async ({ tx, event, audit }) => {
    if (!mayBecome[wanted].includes(event.status)) {
      return { ok: false, code: 'wrong_status', status: event.status };
    }
    if (wanted === 'published') {
      const days = await tx.$count(eventDays, eq(eventDays.eventId, eventId));
      if (days === 0) return { ok: false, code: 'no_days' };
      const living = and(
        eq(passTypes.eventId, eventId),
        eq(passTypes.kind, 'ticket'),
        eq(passTypes.archived, false),
      );
      if ((await tx.$count(passTypes, living)) === 0) return { ok: false, code: 'no_ticket_types' };
    }
    await tx.update(events).set({ status: wanted }).where(eq(events.id, eventId));
    await audit({
      ...{ action: 'event.setStatus', subjectKind: 'event', subjectId: String(eventId) },
      ...{ before: { status: event.status }, after: { status: wanted } },
    });
    return { ok: true };
  });
}

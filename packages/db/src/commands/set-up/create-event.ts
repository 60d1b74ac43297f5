import { isTimeZone, outsideAreaNo } from '@catraca/domain';
import type { Db } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { areas, eventDays, events } from '../../schema/index.ts';
import { writeAudit, type Actor } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { sessionRows, type SessionDraft, type SessionsRefusal } from './session-rows.ts';

export interface NewEvent {
  organizationId: string;
  /** `spring-fair-2027`: its address in the shop. */
  slug: string;
  name: string;
  venueName: string;
  venueAddress: string;
  /** IANA. */
  timeZone: string;
  /** ISO 4217. */
  currency: string;
  languages: string[];
  sessions: Omit<SessionDraft, 'no'>[];
}

export type CreateEventResult =
  | { ok: true; eventId: bigint; slug: string }
  /** Events are set up at the cloud. */
  | { ok: false; code: 'set_up_elsewhere' }
  | { ok: false; code: 'slug_taken' | 'unknown_time_zone' }
  | SessionsRefusal;

/** Dark words on a strong yellow: what an event looks like until somebody chooses. */
export const firstLook = { posterPath: null, accent: '#ffd400', ink: '#16130a' };

/** A draft with its days and the area `outside`. Nobody but members sees it. */
export async function createEvent(
  db: Db,
  draft: NewEvent,
  actor: Actor,
): Promise<CreateEventResult> {
  if (!isTimeZone(draft.timeZone)) return { ok: false, code: 'unknown_time_zone' };
  const { sessions, ...values } = draft;
  const days = sessionRows(
    sessions.map((session) => ({ ...session, no: null })),
    draft.timeZone,
    0,
  );
  if (!days.ok) return days;
  return transact<CreateEventResult>(db, async (tx) => {
    const site = await getLocalSite(tx);
    if (site.kind !== 'cloud') return { ok: false, code: 'set_up_elsewhere' };
    const [event] = await tx
      .insert(events)
      .values({ ...values, tagline: { en: '' }, description: { en: '' }, look: firstLook })
      .onConflictDoNothing({ target: events.slug })
      .returning({ id: events.id });
    if (!event) return { ok: false, code: 'slug_taken' };
    await tx.insert(eventDays).values(days.rows.map((row) => ({ ...row, eventId: event.id })));
    await tx
      .insert(areas)
      .values({ eventId: event.id, no: outsideAreaNo, name: 'Outside', polygon: [] });
    await writeAudit(tx, actor, {
      action: 'event.create',
      eventId: event.id,
      subjectKind: 'event',
      subjectId: String(event.id),
      before: null,
      after: { ...values, days: days.rows.map(({ localDate }) => localDate) },
    });
    return { ok: true, eventId: event.id, slug: draft.slug };
  });
}

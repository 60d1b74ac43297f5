import { randomUUID } from 'node:crypto';
import { outsideAreaNo, planDays, type EventDay } from '@catraca/domain';
import type { DbOrTx } from '../../client.ts';
import { at } from '../../commands/ids.ts';
import { insertRows } from '../../rows.ts';
import {
  areaCounters,
  areas,
  checkpoints,
  eventDays,
  events,
  organizations,
} from '../../schema/index.ts';

/*
 * Small builders of what an organizer sets up, each with defaults for all that a caller does not care about.
 * The demo is made of them, and so is every test.
 */

export async function makeOrganization(
  db: DbOrTx,
  draft: { name?: string; slug?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const { name = 'Test organization', slug = id } = draft;
  await db.insert(organizations).values({ id, name, slug });
  return id;
}

type EventRow = typeof events.$inferSelect;

export interface MadeEvent {
  id: bigint;
  slug: string;
  currency: string;
  outsideAreaId: bigint;
  days: EventDay[];
}

export interface EventDraft extends Partial<Omit<EventRow, 'id' | 'createdAt'>> {
  /** `2027-05-01`; today in the event's zone when there is none. The days are whole days of that zone. */
  dates?: string[];
}

/** An event with its days and the area `outside`; published, so that it can be sold. */
export async function makeEvent(db: DbOrTx, draft: EventDraft, now: Date): Promise<MadeEvent> {
  const { dates, ...values } = draft;
  const timeZone = draft.timeZone ?? 'UTC';
  const [event] = await db
    .insert(events)
    .values({
      slug: `event-${randomUUID()}`,
      name: 'Test event',
      tagline: { en: 'A tagline' },
      description: { en: 'A description' },
      venueName: 'A venue',
      venueAddress: 'An address',
      currency: 'EUR',
      look: { posterPath: null, accent: '#1d4ed8', ink: '#ffffff' },
      status: 'published',
      createdAt: now,
      ...values,
      timeZone,
      organizationId: draft.organizationId ?? (await makeOrganization(db)),
    })
    .returning();
  if (!event) throw new Error('an event was not written');
  const plan = { dates: dates ?? [localDate(now, timeZone)], opensAt: '00:00', closesAt: '00:00' };
  const days = planDays({ ...plan, timeZone });
  await db.insert(eventDays).values(
    days.map((day, index) => ({
      eventId: event.id,
      no: day.no,
      localDate: at(plan.dates, index),
      startsAt: new Date(day.startsAt),
      endsAt: new Date(day.endsAt),
    })),
  );
  const [outsideAreaId] = await makeAreas(db, event.id, [{ no: outsideAreaNo, name: 'Outside' }]);
  if (outsideAreaId === undefined) throw new Error('an area was not written');
  return { id: event.id, slug: event.slug, currency: event.currency, outsideAreaId, days };
}

/** The date on the calendars of a zone, `2027-05-01`, so many days after the instant. */
export function localDate(now: Date, timeZone: string, daysLater = 0): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  const noon = new Date(`${today}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + daysLater);
  return noon.toISOString().slice(0, 10);
}

export interface AreaDraft {
  no: number;
  name: string;
  capacity?: number | null;
  polygon?: [x: number, y: number][];
}

/** @returns the areas' ids, in the order given. */
export async function makeAreas(
  db: DbOrTx,
  eventId: bigint,
  drafts: readonly AreaDraft[],
): Promise<bigint[]> {
  const rows = await db
    .insert(areas)
    .values(drafts.map((draft) => ({ capacity: null, polygon: [], ...draft, eventId })))
    .returning({ id: areas.id, no: areas.no });
  const counted = rows.filter((row) => row.no !== outsideAreaNo);
  await insertRows(
    db,
    areaCounters,
    counted.map((row) => ({ areaId: row.id })),
  );
  return rows.map((row) => row.id);
}

export type CheckpointDraft = Omit<typeof checkpoints.$inferInsert, 'id' | 'eventId'>;

/** @returns the checkpoints' ids, in the order given. */
export async function makeCheckpoints(
  db: DbOrTx,
  eventId: bigint,
  drafts: readonly CheckpointDraft[],
): Promise<bigint[]> {
  const rows = await db
    .insert(checkpoints)
    .values(drafts.map((draft) => ({ ...draft, eventId })))
    .returning({ id: checkpoints.id });
  return rows.map((row) => row.id);
}

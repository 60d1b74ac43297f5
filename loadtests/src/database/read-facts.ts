import { type Db, schema } from '@catraca/db';
import { loadVenue, type Venue } from '@catraca/db/gate';
import type { EventId } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import assert from 'node:assert/strict';
import type { ScanFacts } from '../generator/orders.ts';
import type { Entrance } from '../passes/plan.ts';
import { eventSlug } from './make-event.ts';

export interface BenchEvent {
  readonly venue: Venue;
  readonly scanFacts: ScanFacts;
}

/** What load and services must know of the event that `makeBenchEvent` made. */
export async function readBenchEvent(db: Db): Promise<BenchEvent> {
  const [event] = await db.select().from(schema.events).where(eq(schema.events.slug, eventSlug));
  const [medium] = await db.select().from(schema.media).where(eq(schema.media.no, 1)).limit(1);
  const venue = event && (await loadVenue(db, event.id as EventId));
  assert(venue && medium && medium.keyId !== null, 'the database was loaded');
  const { keyId, issuedAt } = medium;
  const at = (entrance: Entrance) =>
    venue.checkpoints
      .filter(({ toArea }) => venue.areaNames.get(toArea) === entrance)
      .map(({ id }) => String(id));
  return {
    venue,
    scanFacts: {
      token: { eventId: venue.eventId, keyId, issuedAt },
      checkpoints: { hall: at('hall'), backstage: at('backstage'), lounge: at('lounge') },
    },
  };
}

const dayMs = 86_400_000;

/** The event is today, whenever its passes were loaded. */
export async function moveEventToToday(db: Db): Promise<void> {
  const now = Date.now();
  await db.update(schema.eventDays).set({
    startsAt: new Date(now - dayMs / 2),
    endsAt: new Date(now + dayMs / 2),
  });
}

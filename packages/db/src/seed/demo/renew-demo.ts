import { eq, inArray, max, min, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { notify } from '../../commands/notify.ts';
import { transact } from '../../commands/transact.ts';
import { entitlements, eventDays, events, organizations, passTypes } from '../../schema/index.ts';
import { localDate } from '../factories/index.ts';
import { demoDaysAhead, demoOrganization } from './organization.ts';

/**
 * Moves demo events that are over so far ahead that they are where they were when the demo was loaded: the convention
 * begins today again, with its windows and its sale. Tickets stay good, since a token names days by number; what was
 * scanned stays scanned. @returns the slugs of the events that moved.
 */
export async function renewDemo(db: Db, now: Date): Promise<string[]> {
  return transact(db, async (tx) => {
    const over = await tx
      .select({
        id: events.id,
        slug: events.slug,
        timeZone: events.timeZone,
        firstDate: sql<string>`${min(eventDays.localDate)}`,
      })
      .from(events)
      .innerJoin(organizations, eq(organizations.id, events.organizationId))
      .innerJoin(eventDays, eq(eventDays.eventId, events.id))
      .where(eq(organizations.slug, demoOrganization.slug))
      .groupBy(events.id)
      .having(sql`${max(eventDays.endsAt)} <= ${now.toISOString()}::timestamptz`);
    const moved: string[] = [];
    for (const { id, slug, timeZone, firstDate } of over) {
      const ahead = new Map(Object.entries(demoDaysAhead)).get(slug);
      if (ahead === undefined) continue;
      await moveEvent(tx, id, daysBetween(firstDate, localDate(now, timeZone, ahead)));
      moved.push(slug);
    }
    return moved;
  });
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** Everything of an event that has a date. By more days than it lasts, so that no window meets another on its way. */
async function moveEvent(tx: Tx, eventId: bigint, days: number): Promise<void> {
  const by = sql`${days} * interval '1 day'`;
  await tx
    .update(eventDays)
    .set({
      localDate: sql`${eventDays.localDate} + ${days}::integer`,
      startsAt: sql`${eventDays.startsAt} + ${by}`,
      endsAt: sql`${eventDays.endsAt} + ${by}`,
    })
    .where(eq(eventDays.eventId, eventId));
  const ofEvent = tx
    .select({ id: passTypes.id })
    .from(passTypes)
    .where(eq(passTypes.eventId, eventId));
  await tx
    .update(entitlements)
    .set({
      startsAt: sql`${entitlements.startsAt} + ${by}`,
      endsAt: sql`${entitlements.endsAt} + ${by}`,
    })
    .where(inArray(entitlements.typeId, ofEvent));
  await tx
    .update(passTypes)
    .set({ saleEndsAt: sql`${passTypes.saleEndsAt} + ${by}` })
    .where(eq(passTypes.eventId, eventId));
  await notify(tx, { kind: 'config', eventId: String(eventId) });
}

import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Db, DbOrTx } from '../client.ts';
import { sharedEvents } from '../schema/index.ts';

/** Numbers of facts, by stream. */
export interface Told {
  sales: number;
  scans: number;
}

/** The other site says how far it has taken this one's facts of an event. An answer that comes late takes nothing back. */
export async function markTold(db: Db, eventId: bigint, { sales, scans }: Told): Promise<void> {
  await db
    .update(sharedEvents)
    .set({
      toldSales: sql`greatest(${sharedEvents.toldSales}, ${sales}::integer)`,
      toldScans: sql`greatest(${sharedEvents.toldScans}, ${scans}::integer)`,
    })
    .where(
      and(
        eq(sharedEvents.eventId, eventId),
        or(lt(sharedEvents.toldSales, sales), lt(sharedEvents.toldScans, scans)),
      ),
    );
}

/**
 * Facts that the other site has not taken yet, by event. They are counted by their numbers, which have no gaps: a day without a line to
 * the other site costs no more than a minute.
 */
export async function countUntold(db: DbOrTx): Promise<Map<bigint, number>> {
  const rows = await db.execute<{ event_id: string; waiting: number }>(sql`
    select e.event_id, sum(
      greatest(0, coalesce((select max(no) from journal j where j.event_id = e.event_id and j.stream = s.stream and j.no is not null), 0) - s.told)
      + (select count(*) from journal j where j.event_id = e.event_id and j.stream = s.stream and j.no is null)
    )::int as waiting
    from ${sharedEvents} e cross join lateral (values ('sales', e.told_sales), ('scans', e.told_scans)) as s(stream, told)
    group by e.event_id`);
  return new Map(rows.map(({ event_id, waiting }) => [BigInt(event_id), waiting]));
}

import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import type { EventStatus } from '../commands/events/set-event-status.ts';
import { events, holdLines, holds, passTypes, stock, stockPools } from '../schema/index.ts';

/**
 * What one site has of each ticket type of a published event: units it may sell, holds and has sold.
 * Holds past their time count as gone, whether or not they were swept up.
 */
export function listStock(
  db: DbOrTx,
  slug: string,
  site: number,
  status: EventStatus = 'published',
) {
  const gone = db
    .select({
      typeId: holdLines.typeId,
      units: sql<number>`sum(${holdLines.quantity})::int`.as('units'),
    })
    .from(holds)
    .innerJoin(holdLines, eq(holdLines.holdId, holds.id))
    .where(and(eq(holds.state, 'active'), lte(holds.expiresAt, sql`now()`), eq(holds.site, site)))
    .groupBy(holdLines.typeId)
    .as('gone');
  const goneOfPool = db
    .select({
      poolId: stock.poolId,
      units: sql<number>`sum(${gone.units})::int`.as('pool_units'),
    })
    .from(stock)
    .innerJoin(gone, eq(gone.typeId, stock.typeId))
    .where(and(eq(stock.site, site), isNotNull(stock.poolId)))
    .groupBy(stock.poolId)
    .as('gone_of_pool');
  return db
    .select({
      typeNo: passTypes.no,
      saleStartsAt: passTypes.saleStartsAt,
      saleEndsAt: passTypes.saleEndsAt,
      quantity: stock.quantity,
      held: sql<number>`${stock.held} - coalesce(${gone.units}, 0)`,
      sold: stock.sold,
      /** Of the capacity it shares with other types: what is free of it, and what is held. Null for none. */
      poolFree: sql<
        number | null
      >`${stockPools.quantity} - ${stockPools.held} - ${stockPools.sold} + coalesce(${goneOfPool.units}, 0)`,
      poolHeld: sql<number | null>`${stockPools.held} - coalesce(${goneOfPool.units}, 0)`,
    })
    .from(events)
    .innerJoin(
      passTypes,
      and(
        eq(passTypes.eventId, events.id),
        eq(passTypes.kind, 'ticket'),
        eq(passTypes.archived, false),
      ),
    )
    .innerJoin(stock, and(eq(stock.typeId, passTypes.id), eq(stock.site, site)))
    .leftJoin(gone, eq(gone.typeId, passTypes.id))
    .leftJoin(stockPools, eq(stockPools.id, stock.poolId))
    .leftJoin(goneOfPool, eq(goneOfPool.poolId, stock.poolId))
    .where(and(eq(events.slug, slug), eq(events.status, status)))
    .orderBy(asc(passTypes.no));
}

export type StockRow = Awaited<ReturnType<typeof listStock>>[number];

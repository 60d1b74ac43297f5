import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events, passTypes, stock } from '../schema/index.ts';

/** What one site has of each ticket type of a published event: units it may sell, holds and has sold. */
export function listStock(db: DbOrTx, slug: string, site: number) {
  return db
    .select({
      typeNo: passTypes.no,
      saleStartsAt: passTypes.saleStartsAt,
      saleEndsAt: passTypes.saleEndsAt,
      quantity: stock.quantity,
      held: stock.held,
      sold: stock.sold,
    })
    .from(events)
    .innerJoin(passTypes, and(eq(passTypes.eventId, events.id), eq(passTypes.kind, 'ticket')))
    .innerJoin(stock, and(eq(stock.typeId, passTypes.id), eq(stock.site, site)))
    .where(and(eq(events.slug, slug), eq(events.status, 'published')))
    .orderBy(asc(passTypes.no));
}

export type StockRow = Awaited<ReturnType<typeof listStock>>[number];

import type { StockRow } from '@catraca/db';
import { z } from 'zod';
import { publicProcedure } from '../trpc.ts';
import { eventSlug, fewLeftMax } from './limits.ts';

/** Whether each ticket type can be bought at this moment; a type that this site does not sell is not listed. */
export const getAvailability = publicProcedure
  .input(z.object({ slug: eventSlug }))
  .query(async ({ ctx, input }) => {
    return availabilities(await ctx.board.stock(input.slug), ctx.now);
  });

/** What buyers are told of each ticket type at an instant. */
export function availabilities(rows: readonly StockRow[], now: Date) {
  return rows.map((row) => ({ typeNo: row.typeNo, ...availabilityOf(row, now) }));
}

type Availability =
  /** `left` is told only when few are left. */
  | { state: 'on_sale'; left: number | null }
  /** All are sold or held; `mayReturn` while some are only held. */
  | { state: 'sold_out'; mayReturn: boolean }
  | { state: 'not_started'; startsAt: Date }
  | { state: 'ended' };

function availabilityOf(row: StockRow, now: Date): Availability {
  if (row.saleStartsAt && now < row.saleStartsAt)
    return { state: 'not_started', startsAt: row.saleStartsAt };
  if (row.saleEndsAt && now >= row.saleEndsAt) return { state: 'ended' };
  const own = row.quantity - row.held - row.sold;
  const left = Math.min(own, row.poolFree ?? own);
  if (left <= 0) {
    // What is held comes back to the own stock, to the shared capacity, or to both.
    const mayReturn =
      (own > 0 || row.held > 0) && ((row.poolFree ?? 1) > 0 || (row.poolHeld ?? 0) > 0);
    return { state: 'sold_out', mayReturn };
  }
  return { state: 'on_sale', left: left <= fewLeftMax ? left : null };
}

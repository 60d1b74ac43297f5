import { listOrders, orderSorts } from '@catraca/db';
import { z } from 'zod';
import { ownEvent } from '../own-event.ts';
import { pageSize, searchInput } from '../search-input.ts';
import { memberProcedure } from '../trpc.ts';

/** An event's orders by any part of a name, an e-mail or the reference, a page at a time. */
export const searchOrders = memberProcedure
  .input(
    searchInput.extend({
      state: z.enum(['pending', 'paid', 'refunded', 'cancelled']).nullable().default(null),
      sort: z.enum(orderSorts).default('newest'),
    }),
  )
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { text, state, sort, page } = input;
    const found = await listOrders(ctx.db, {
      eventId: event.id,
      text,
      state,
      sort,
      page,
      pageSize,
    });
    return { ...found, page, pageSize };
  });

import { listOrders, orderSorts } from '@catraca/db';
import { z } from 'zod';
import { leafInput } from '../leaf-input.ts';
import { ownEvent } from '../own-event.ts';
import { pageSize, searchInput } from '../search-input.ts';
import { memberProcedure } from '../trpc.ts';
import { referenceInput } from './limits.ts';

/**
 * An event's orders by any part of a name, an e-mail or the reference, a page at a time.
 * A mutation, though it changes nothing: a person's name does not belong in an address, which proxies log.
 */
export const searchOrders = memberProcedure
  .input(
    searchInput.extend({
      state: z.enum(['pending', 'paid', 'refunded', 'cancelled']).nullable().default(null),
      sort: z.enum(orderSorts).default('newest'),
      leaf: leafInput(referenceInput),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { text, state, sort, leaf } = input;
    return listOrders(ctx.db, { eventId: event.id, text, state, sort, leaf, pageSize });
  });

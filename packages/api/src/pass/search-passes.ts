import { listPasses, passSorts } from '@catraca/db';
import { z } from 'zod';
import { leafInput } from '../leaf-input.ts';
import { ownEvent } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { pageSize, searchInput } from '../search-input.ts';
import { memberProcedure } from '../trpc.ts';

/**
 * An event's passes by holder, e-mail, order reference or a whole code, a page at a time.
 * A mutation, though it changes nothing: a person's name does not belong in an address, which proxies log.
 */
export const searchPasses = memberProcedure
  .input(
    searchInput.extend({
      status: z
        .enum(['valid', 'revoked', 'refunded', 'unpaid', 'blocked'])
        .nullable()
        .default(null),
      typeId: rowIdInput.nullable().default(null),
      confirmed: z.boolean().nullable().default(null),
      areaId: rowIdInput.nullable().default(null),
      sort: z.enum(passSorts).default('newest'),
      leaf: leafInput(z.uuid()),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { text, status, typeId, confirmed, areaId, sort, leaf } = input;
    return listPasses(ctx.db, {
      ...{ eventId: event.id, text, status, typeId, confirmed, areaId, sort, leaf, pageSize },
    });
  });

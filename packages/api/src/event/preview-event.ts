import { findStoreEvent, listStock } from '@catraca/db';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { eventView } from './event-view.ts';
import { availabilities } from './get-availability.ts';

/** The page that buyers will see, for members, whatever the event is now. Nothing can be bought there. */
export const previewEvent = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const { slug, status } = await ownEvent(ctx, input);
  const found = (await findStoreEvent(ctx.db, slug, [status])) ?? refuse('not_found');
  const rows = await listStock(ctx.db, slug, ctx.site.number, status);
  return { event: eventView(found), availability: availabilities(rows, ctx.now) };
});

import { giveUnits as give, readAllotments, setStockShare } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';
import type { ApiContext, Member } from '../context.ts';

const typeInput = ownEventInput.extend({ typeId: rowIdInput });

const shareInput = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('automatic') }),
  z.object({ mode: z.literal('by_hand') }),
  z.object({ mode: z.literal('percent'), venuePercent: z.int().min(0).max(100) }),
]);

/** More units of a type than an event has. */
const unitsMax = 1_000_000;

/** Says how a type is split from now on: as it sells, in a fixed part, or by hand alone. */
export const setShare = memberProcedure
  .input(typeInput.extend({ share: shareInput }))
  .mutation(async ({ ctx, input }) => {
    const { typeId, userId } = await ownType(ctx, input);
    const result = await setStockShare(
      ctx.db,
      { typeId, userId, ...input.share },
      ctx.now,
      actorOf(ctx),
    );
    if (!result.ok) refuse(result.code === 'not_shared' ? 'not_shared' : 'not_found');
  });

/**
 * Gives units that are free here to the other site. `keep`: from now on this type is split by hand alone; otherwise the next split, a few
 * seconds later, may move them back.
 */
export const giveUnits = memberProcedure
  .input(typeInput.extend({ units: z.int().min(1).max(unitsMax), keep: z.boolean() }))
  .mutation(async ({ ctx, input }) => {
    const { typeId, userId, toSite, free } = await ownType(ctx, input);
    // Known early, so that what is refused changes nothing; the gift itself looks again, under a lock.
    if (input.units > free) refuse('not_free');
    if (input.keep)
      await setStockShare(ctx.db, { typeId, userId, mode: 'by_hand' }, ctx.now, actorOf(ctx));
    const request = { typeId, toSite, units: input.units, userId };
    const result = await give(ctx.db, request, ctx.now, actorOf(ctx));
    if (result.ok) return;
    refuse(result.code === 'unknown_type' ? 'not_found' : result.code);
  });

/** The type, when it is one of the event, and the event is shared. */
async function ownType(
  ctx: ApiContext & { member: Member },
  input: { eventSlug: string; typeId: bigint },
) {
  const event = await ownEvent(ctx, input);
  const found = (await readAllotments(ctx.db, event.id)) ?? refuse('not_shared');
  const { typeId } = input;
  const { here } = found.types.find((type) => type.typeId === typeId) ?? refuse('not_found');
  const free = here.units - here.held - here.sold;
  return { typeId, userId: ctx.member.userId, toSite: found.there.number, free };
}

import { endTurn, enterShop } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { eventSlug } from '../event/limits.ts';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { findOwnPlace, requireProof } from './own-place.ts';
import { proofLengthMax, type PlaceAct } from './proof.ts';

const actInput = z.object({ slug: eventSlug, proof: z.string().max(proofLengthMax) });

async function provenPlace(ctx: ApiContext, act: PlaceAct, input: z.infer<typeof actInput>) {
  const place = await findOwnPlace(ctx, input.slug);
  if (!place) refuse('no_place');
  await requireProof(ctx, place, act, input.proof);
  return place;
}

/** Goes into the shop: the turn runs from now on, until `until` (ms). Asked for again it is the same. */
export const enter = publicProcedure.input(actInput).mutation(async ({ ctx, input }) => {
  const { publicId } = await provenPlace(ctx, 'enter', input);
  const result = await enterShop(ctx.db, publicId, ctx.now);
  if (result.ok) {
    ctx.waitingRooms.forget();
    return { now: ctx.now.getTime(), until: result.until.getTime() };
  }
  switch (result.code) {
    case 'unknown_place':
      return refuse('no_place');
    case 'not_called':
      return refuse('not_called');
    case 'turn_over':
      return refuse('turn_over');
    case 'no_room':
      return refuse('no_waiting_room');
  }
});

/** Gives the turn up, so that somebody else may come; what is held stays held. */
export const leave = publicProcedure.input(actInput).mutation(async ({ ctx, input }) => {
  const { publicId } = await provenPlace(ctx, 'leave', input);
  if (!(await endTurn(ctx.db, publicId, ctx.now))) refuse('turn_over');
});

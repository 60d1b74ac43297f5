import { closeWaitingRoom, getWaitingNumbers, setWaitingRoom } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** The door keeps all shoppers of an event in memory. */
const shoppersMax = 20_000;
const perMinuteMax = 60_000;

/** The room of an event with its numbers; null where there never was one. `closedAt`: the shop is open to all since then. */
export const findRoom = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const found = await getWaitingNumbers(ctx.db, event.id);
  if (!found) return { now: ctx.now, room: null };
  const { room, numbers } = found;
  return {
    now: ctx.now,
    room: {
      opensAt: room.opensAt,
      isDrawn: room.drawnAt !== null,
      perMinuteMax: room.perMinuteMax,
      shoppersMax: room.shoppersMax,
      turnSeconds: room.turnSeconds,
      closedAt: room.closedAt,
      ...numbers,
    },
  };
});

/** Puts a room before the shop, or changes the one that is there; one that was closed begins anew, with nobody in it. */
export const setRoom = memberProcedure
  .input(
    ownEventInput.extend({
      opensAt: z.date(),
      perMinuteMax: z.number().int().min(1).max(perMinuteMax),
      shoppersMax: z.number().int().min(1).max(shoppersMax),
      turnSeconds: z.number().int().min(60).max(3_600),
    }),
  )
  .mutation(async ({ ctx, input: { eventSlug, ...settings } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await setWaitingRoom(ctx.db, event.id, settings, actorOf(ctx));
    if (!result.ok) refuse('already_drawn', { opensAt: result.opensAt.toISOString() });
  });

/** Opens the shop to all who wait, at once. */
export const closeRoom = memberProcedure.input(ownEventInput).mutation(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  if (!(await closeWaitingRoom(ctx.db, event.id, ctx.now, actorOf(ctx)))) refuse('no_waiting_room');
});

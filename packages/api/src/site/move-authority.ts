import {
  handOverAuthority,
  type MoveAuthorityResult,
  readHolder,
  takeOverAuthority,
} from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** Which site judges the scans of an event; null where it has one site only. */
export const getAuthority = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  return (await readHolder(ctx.db, event.id)) ?? null;
});

/** Gives the judging to the other site, which begins once it has all scans of this one. */
export const handOver = memberProcedure.input(ownEventInput).mutation(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const { userId } = ctx.member;
  settle(await handOverAuthority(ctx.db, event.id, userId, ctx.now, actorOf(ctx)));
});

/** Takes the judging without the other site's consent: until it hears of it, the same people may be admitted at both. */
export const takeOver = memberProcedure.input(ownEventInput).mutation(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const { userId } = ctx.member;
  const result = await takeOverAuthority(ctx.db, event.id, userId, ctx.now, actorOf(ctx));
  settle(result);
  ctx.log.warn({ eventId: String(event.id) }, 'the judging was taken over without consent');
});

function settle(result: MoveAuthorityResult): void {
  if (!result.ok) refuse(result.code);
}

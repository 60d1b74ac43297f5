import type { DeskAct } from '@catraca/db';
import { actorOf } from '../actor.ts';

/** Who does something at the pick-up desk: what is done there needs no reason. */
export function actAt(ctx: Parameters<typeof actorOf>[0]): DeskAct {
  return { act: { userId: ctx.member.userId, reason: null }, by: actorOf(ctx) };
}

import { findOwnOrder, resendMail as resend } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { ownOrderInput } from './find-order.ts';

/** Sends the buyer once more the mail that tells how the order stands. */
export const resendMail = memberProcedure.input(ownOrderInput).mutation(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const found = await findOwnOrder(ctx.db, event.id, input.reference.toUpperCase());
  if (!found) refuse('not_found');
  const result = await resend(ctx.db, found.order.id, ctx.now, actorOf(ctx));
  if (result.ok) return;
  switch (result.code) {
    case 'unknown_order':
      return refuse('not_found');
    case 'no_mail':
      return refuse('no_mail_for_order', { state: found.order.state });
    case 'already_queued':
      return refuse('mail_on_its_way');
  }
});

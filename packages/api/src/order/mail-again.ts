import { lastMailOf, resendMail } from '@catraca/db';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { orderByLink, orderLinkInput } from './order-by-link.ts';

/** Between two mails of an order (ms): whoever has a link must not fill its buyer's mailbox. */
const mailPauseMs = 2 * 60_000;

/** Sends the order's mail once more to its buyer. `mail_on_its_way`: one was sent or queued a moment ago. */
export const mailAgain = publicProcedure.input(orderLinkInput).mutation(async ({ ctx, input }) => {
  const { order } = await orderByLink(ctx, input);
  const last = await lastMailOf(ctx.db, order.id);
  if (last && ctx.now.getTime() - last.createdAt.getTime() < mailPauseMs) refuse('mail_on_its_way');
  const result = await resendMail(ctx.db, order.id, ctx.now);
  if (result.ok) return;
  switch (result.code) {
    case 'unknown_order':
      return refuse('not_found');
    case 'no_mail':
      return refuse('no_mail_for_order', { state: order.state });
    case 'already_queued':
      return refuse('mail_on_its_way');
  }
});

import { findOwnOrder, type OwnOrder } from '@catraca/db';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { referenceInput } from './limits.ts';

/** An order of the member's event, by the reference that buyers read out. */
export const ownOrderInput = ownEventInput.extend({ reference: referenceInput });

/** What the desk sees of an order. */
export const findOrder = memberProcedure.input(ownOrderInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const found = await findOwnOrder(ctx.db, event.id, input.reference.toUpperCase());
  if (!found) refuse('not_found');
  const { order, buyerName, buyerEmail, lines, passes, money, mails } = found;
  const { publicId, reference, state, closedReason, currency, totalMinor, locale } = order;
  const { paidMinor, refundedMinor } = order;
  return {
    ...{ publicId, reference, state, closedReason, currency, totalMinor, locale },
    ...{ paidMinor, refundedMinor, isOfThisSite: order.site === ctx.site.number },
    ...{ createdAt: order.createdAt, paidAt: order.paidAt, buyerName, buyerEmail },
    /** The order as its buyer sees it. */
    pageUrl: ctx.links.order(publicId),
    lines,
    passes,
    payments: money.map(paymentOf),
    mails: mails.map(({ kind, state, attempts, createdAt, sentAt }) => ({
      ...{ kind, state, attempts, createdAt, sentAt },
    })),
  };
});

function paymentOf({ payment, refunds }: OwnOrder['money'][number]) {
  const { provider, providerRef, state, amountMinor, currency, createdAt, settledAt } = payment;
  return {
    ...{ provider, providerRef, state, amountMinor, currency, createdAt, settledAt },
    received:
      payment.receivedMinor === null || payment.receivedCurrency === null
        ? null
        : { minor: payment.receivedMinor, currency: payment.receivedCurrency },
    refunds: refunds.map((refund) => ({
      amountMinor: refund.amountMinor,
      reason: refund.reason,
      state: refund.state,
      createdAt: refund.createdAt,
      settledAt: refund.settledAt,
    })),
  };
}

import { findOwnOrder, refundOrder as refundWhole, refundPart } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent } from '../own-event.ts';
import { reasonInput } from '../pass/own-pass.ts';
import { memberProcedure } from '../trpc.ts';
import { ownOrderInput } from './find-order.ts';

/** Lines of the largest order there can be. */
const linesMax = 1_000;

const whatInput = z.discriminatedUnion('what', [
  z.object({ what: z.literal('whole') }),
  z.object({
    what: z.literal('lines'),
    lineNos: z.array(z.number().int().positive()).min(1).max(linesMax),
    /** Minor units; null: all that was paid for them. */
    amountMinor: z.number().int().min(0).nullable(),
  }),
  z.object({ what: z.literal('amount'), amountMinor: z.number().int().positive() }),
]);

/**
 * Gives an order's money back: all of it, or of some lines, whose passes end; or an amount, while all passes stay. The worker carries it
 * out through the provider that took it. `asked`: another site took the money, and gives it back.
 */
export const refundOrder = memberProcedure
  .input(ownOrderInput.extend({ reason: reasonInput, part: whatInput }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const found = await findOwnOrder(ctx.db, event.id, input.reference.toUpperCase());
    if (!found) refuse('not_found');
    const act = { userId: ctx.member.userId, reason: input.reason };
    const [{ id }, { db, now }, by, { part }] = [found.order, ctx, actorOf(ctx), input];
    const lineNos = part.what === 'lines' ? part.lineNos : [];
    const result =
      part.what === 'whole'
        ? await refundWhole(db, id, now, act, by)
        : await refundPart(db, id, { lineNos, amountMinor: part.amountMinor }, now, act, by);
    if (!result.ok) return refuseRefund(result);
    return 'refundMinor' in result
      ? { asked: false, refundMinor: result.refundMinor }
      : { asked: true, refundMinor: 0 };
  });

type Refused = Extract<Awaited<ReturnType<typeof refundPart>>, { ok: false }>;

function refuseRefund(result: Refused): never {
  switch (result.code) {
    case 'unknown_order':
      return refuse('not_found');
    case 'not_paid':
      return refuse('order_not_paid');
    case 'paid_elsewhere':
      return refuse('sold_elsewhere');
    case 'unknown_line':
      return refuse('line_went_back');
    case 'nothing':
      return refuse('nothing_to_refund');
    case 'too_much':
      return refuse('refund_too_much', { leftMinor: result.leftMinor });
    case 'busy':
      return refuse('busy');
  }
}

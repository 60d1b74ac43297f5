import { placeHold as place, type HoldRefusal, type StoreEvent } from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { eventSlug } from '../event/limits.ts';
import { publicProcedure } from '../trpc.ts';
import { codeInput } from '../voucher/redeem-code.ts';
import { isDesk, letIn } from '../waiting-room/let-in.ts';
import { proofLengthMax } from '../waiting-room/proof.ts';
import { holdLinesInput, type HoldLineInput } from './limits.ts';
import { readCart } from './read-cart.ts';

/**
 * Holds what the buyer chose, in place of what they held so far; refused, it changes nothing.
 * Refusals name the ticket type by its number. `other_cart`: they hold tickets of another event, which `replaceOther` lets go.
 */
export const placeHold = publicProcedure
  .input(
    z.object({
      slug: eventSlug,
      lines: holdLinesInput,
      replaceOther: z.boolean().default(false),
      /** Of the place in the waiting room, while there is one. */
      proof: z.string().max(proofLengthMax).optional(),
      /** That shows hidden types or lowers prices. */
      code: codeInput.optional(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const waitingPlaceId = await letIn(ctx, input.slug, input.proof);
    const found = await ctx.board.event(input.slug);
    if (!found) refuse('not_found');
    const result = await place(
      ctx.db,
      {
        eventId: found.event.id,
        lines: input.lines.map((line) => requestLine(found, line)),
        replaces: ctx.cart.holdPublicId ?? undefined,
        keepsOther: !input.replaceOther,
        networkKey: isDeskOf(ctx, found) ? null : ctx.buyer.networkKey,
        waitingPlaceId,
        channel: isDeskOf(ctx, found) ? 'desk' : 'web',
        code: input.code ?? null,
      },
      ctx.now,
    );
    if (!result.ok) {
      if (result.code === 'other_event') await refuseOtherCart(ctx);
      refuseHold(found, result);
    }
    ctx.cart.keep(result.hold.publicId, result.hold.expiresAt);
    return { expiresAt: result.hold.expiresAt };
  });

/** A desk of the event sells to everybody from one network: it has no limit. */
function isDeskOf({ member }: ApiContext, { event }: StoreEvent): boolean {
  return isDesk({ member }, { organizationId: event.organizationId, eventId: event.id });
}

async function refuseOtherCart(ctx: ApiContext): Promise<void> {
  const cart = await readCart(ctx);
  if (cart) refuse('other_cart', { eventName: cart.event.name, eventSlug: cart.event.slug });
}

function requestLine({ types }: StoreEvent, line: HoldLineInput) {
  const type = types.find(({ no }) => no === line.typeNo);
  if (!type) refuse('not_found');
  return 'seatIds' in line
    ? { typeId: type.id, seatIds: line.seatIds.map(BigInt) }
    : { typeId: type.id, quantity: line.quantity };
}

/** A refusal of the command in the words of the API: numbers a page knows instead of ids. */
function refuseHold({ types }: StoreEvent, refusal: HoldRefusal): never {
  const type = 'typeId' in refusal ? types.find(({ id }) => id === refusal.typeId) : undefined;
  const typeNo = type?.no ?? 0;
  // A hall that is sold out says too little: the buyer wants to know which of their seats are gone.
  if ('taken' in refusal) refuse('seat_taken', { seatIds: refusal.taken.map(String) });
  switch (refusal.code) {
    case 'sold_out':
      return refuse('sold_out', { typeNo });
    case 'not_enough':
      return refuse('not_enough', { typeNo, left: refusal.available });
    case 'not_on_sale':
      return refuse('not_on_sale', { typeNo });
    case 'too_many':
      return refuse('too_many', { typeNo, max: refusal.unitsPerOrderMax });
    case 'over_limit':
      return refuse('over_limit', { kind: refusal.kind, max: refusal.max, have: refusal.have });
    case 'seat_taken':
    case 'unknown_seat':
    case 'single_seats':
      return refuse(refusal.code, { seatIds: refusal.seatIds.map(String) });
    case 'unknown_code':
      return refuse('unknown_code');
    case 'code_used_up':
      return refuse('code_used_up', { left: refusal.left });
    case 'other_channel':
      return refuse('not_on_sale', { typeNo });
    case 'busy':
    case 'site_stopped':
      return refuse(refusal.code);
    case 'other_event':
    case 'unknown_event':
    case 'unknown_type':
      return refuse('not_found');
    case 'malformed':
    case 'seats_needed':
    case 'has_no_seats':
      return refuse('malformed_cart');
  }
}

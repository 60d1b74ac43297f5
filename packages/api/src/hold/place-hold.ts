import {
  findStoreEvent,
  listTakenSeats,
  placeHold as place,
  type HoldRefusal,
  type StoreEvent,
} from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { eventSlug } from '../event/limits.ts';
import { publicProcedure } from '../trpc.ts';
import { holdLinesInput, type HoldLineInput } from './limits.ts';
import { readCart } from './read-cart.ts';

/**
 * Holds what the buyer chose, in place of what they held so far; refused, it changes nothing.
 * Refusals name the ticket type by its number. `other_cart`: they hold tickets of another event, which `replaceOther` lets go.
 */
export const placeHold = publicProcedure
  .input(
    z.object({ slug: eventSlug, lines: holdLinesInput, replaceOther: z.boolean().default(false) }),
  )
  .mutation(async ({ ctx, input }) => {
    const found = await findStoreEvent(ctx.db, input.slug);
    if (!found) refuse('not_found');
    if (!input.replaceOther) await refuseOtherCart(ctx, input.slug);
    const result = await place(
      ctx.db,
      {
        eventId: found.event.id,
        lines: input.lines.map((line) => requestLine(found, line)),
        replaces: ctx.cart.holdPublicId ?? undefined,
      },
      ctx.now,
    );
    if (!result.ok) {
      await refuseTakenSeats(ctx, input);
      refuseHold(found, result);
    }
    ctx.cart.keep(result.hold.publicId, result.hold.expiresAt);
    return { expiresAt: result.hold.expiresAt };
  });

async function refuseOtherCart(ctx: ApiContext, slug: string): Promise<void> {
  const cart = await readCart(ctx);
  if (cart?.state === 'active' && cart.event.slug !== slug)
    refuse('other_cart', { eventName: cart.event.name, eventSlug: cart.event.slug });
}

/** A hall that is sold out says too little: the buyer wants to know which of their seats are gone. */
async function refuseTakenSeats(
  ctx: ApiContext,
  { slug, lines }: { slug: string; lines: HoldLineInput[] },
): Promise<void> {
  const taken: string[] = [];
  for (const line of lines) {
    if (!('seatIds' in line)) continue;
    const seats = await listTakenSeats(ctx.db, slug, line.typeNo);
    const others = seats.filter(({ holdPublicId }) => holdPublicId !== ctx.cart.holdPublicId);
    const ids = new Set(others.map(({ id }) => String(id)));
    taken.push(...line.seatIds.filter((id) => ids.has(id)));
  }
  if (taken.length > 0) refuse('seat_taken', { seatIds: taken });
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
  switch (refusal.code) {
    case 'sold_out':
      return refuse('sold_out', { typeNo });
    case 'not_enough':
      return refuse('not_enough', { typeNo, left: refusal.available });
    case 'not_on_sale':
      return refuse('not_on_sale', { typeNo });
    case 'too_many':
      return refuse('too_many', { typeNo, max: refusal.unitsPerOrderMax });
    case 'seat_taken':
    case 'unknown_seat':
      return refuse(refusal.code, { seatIds: refusal.seatIds.map(String) });
    case 'busy':
      return refuse('busy');
    case 'unknown_event':
    case 'unknown_type':
      return refuse('not_found');
    case 'malformed':
    case 'seats_needed':
    case 'has_no_seats':
      return refuse('malformed_cart');
  }
}

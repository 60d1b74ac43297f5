import {
  exchangePass as exchange,
  type ExchangeRefusal,
  listFreeSeats,
  readExchangeOffer,
  withdrawExchange as withdraw,
} from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { type RefusalCode, refuse } from '../errors.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';
import { signingKeyOf } from './change-holder.ts';
import { ownPass, ownPassInput, reasonInput } from './own-pass.ts';

/** What the pass can be exchanged for, and what the difference would be. */
export const getExchangeOffer = memberProcedure
  .input(ownPassInput)
  .query(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const { types, worthMinor, waiting } = await readExchangeOffer(ctx.db, pass);
    return {
      worthMinor,
      waiting,
      currentTypeId: String(pass.typeId),
      types: types.map(({ id, ...type }) => ({ id: String(id), ...type })),
    };
  });

/** Free seats of a type. */
export const freeSeats = memberProcedure
  .input(ownPassInput.extend({ typeId: rowIdInput }))
  .query(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const seats = await listFreeSeats(ctx.db, pass.eventId, input.typeId);
    return seats.map(({ id, ...seat }) => ({ id: String(id), ...seat }));
  });

const exchangeInput = ownPassInput.extend({
  toTypeId: rowIdInput,
  toSeatId: rowIdInput.nullable(),
  /** Nobody pays a difference: for a manager to say. */
  waived: z.boolean(),
  reason: reasonInput,
});

const refusals: Record<ExchangeRefusal['code'], RefusalCode> = {
  unknown_pass: 'not_found',
  not_valid: 'pass_not_valid',
  not_a_unit: 'pass_not_exchangeable',
  issued_elsewhere: 'sold_elsewhere',
  exchange_waiting: 'exchange_waiting',
  unknown_type: 'pass_not_exchangeable',
  seat_needed: 'seat_needed',
  has_no_seats: 'seat_needed',
  unknown_seat: 'unknown_seat',
  same: 'exchange_same',
  sold_out: 'sold_out',
  seat_taken: 'seat_taken',
  busy: 'busy',
};

/**
 * Changes the type or the seat of a sold ticket. `waiting`: the buyer has a mail with the way to pay the difference, and the new unit is
 * held meanwhile.
 */
export const exchangePass = memberProcedure
  .input(exchangeInput)
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const { role, userId } = ctx.member;
    if (input.waived && role !== 'owner' && role !== 'manager') refuse('role_not_allowed');
    const { toTypeId, toSeatId, waived, reason } = input;
    const result = await exchange(
      ctx.db,
      { passId: pass.id, toTypeId, toSeatId, waived },
      await signingKeyOf(ctx),
      { userId, reason },
      ctx.now,
      actorOf(ctx),
    );
    if (!result.ok) return refuse(refusals[result.code]);
    return result.outcome === 'done'
      ? { outcome: result.outcome, backMinor: result.backMinor }
      : { outcome: result.outcome, dueMinor: result.dueMinor, expiresAt: result.expiresAt };
  });

/** Takes back the offer of an exchange that nobody has paid yet. One that there is not is withdrawn already. */
export const withdrawExchange = memberProcedure
  .input(ownPassInput)
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    await withdraw(ctx.db, pass.id, actorOf(ctx));
  });

import type { StoreSeat } from '@catraca/db';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { eventSlug, typeNo } from './limits.ts';

/**
 * The seat map of a seated type: rows of seats in the order people walk them. Positions are in seat map units
 * (x right, y down, the stage at the top). Who has which seat is `event.takenSeats`, which changes; this does not.
 */
export const getSeatMap = publicProcedure
  .input(z.object({ slug: eventSlug, typeNo }))
  .query(async ({ ctx, input }) => {
    const seats = await ctx.board.seats(input.slug, input.typeNo);
    if (seats.length === 0) refuse('not_found');
    const rows = Map.groupBy(seats, (seat) => `${seat.section}\n${seat.row}`);
    return { rows: [...rows.values()].map(rowOf) };
  });

function rowOf(seats: StoreSeat[]) {
  return {
    section: seats[0]?.section ?? '',
    row: seats[0]?.row ?? '',
    seats: seats.map(({ id, number, x, y, accessible }) => ({
      id: String(id),
      number,
      x,
      y,
      accessible,
    })),
  };
}

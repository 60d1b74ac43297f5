import type { StoreSeat } from '@catraca/db';
import type { SeatMapDocument } from '@catraca/domain/seat-map';
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
    const [seats, map] = await Promise.all([
      ctx.board.seats(input.slug, input.typeNo),
      ctx.board.seatMap(input.slug),
    ]);
    if (seats.length === 0) refuse('not_found');
    const rows = Map.groupBy(seats, (seat) => `${seat.section}\n${seat.row}`);
    return {
      rows: [...rows.values()].map(rowOf),
      /** Tables, standing blocks, the stage and words: to know where one is. */
      drawn: map?.document.items.flatMap(drawnOf) ?? [],
      noSingleSeats: map?.noSingleSeats ?? false,
    };
  });

function drawnOf(item: SeatMapDocument['items'][number]) {
  if (item.kind === 'rows') return [];
  const { kind, name, x, y, rotation } = item;
  const size =
    kind === 'table'
      ? // Less than to the middle of its seats.
        { width: item.radius * 1.2, height: item.radius * 1.2 }
      : { width: item.width, height: item.height };
  const shape = kind === 'standing' ? 'standing' : item.shape;
  return [{ name, x, y, rotation, shape, ...size }];
}

function rowOf(seats: StoreSeat[]) {
  return {
    section: seats[0]?.section ?? '',
    row: seats[0]?.row ?? '',
    seats: seats.map(({ id, number, x, y, accessible, companion, outOfSale }) => ({
      ...{ id: String(id), number, x, y, accessible, companion, outOfSale },
    })),
  };
}

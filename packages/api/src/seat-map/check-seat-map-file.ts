import { checkSeatMap, seatsOf } from '@catraca/domain/seat-map';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { seatMapInput } from './input.ts';

/** Reads a map that was exported, here or elsewhere. What is wrong with its shape comes back by field. Nothing is kept. */
export const checkSeatMapFile = memberProcedure
  .input(ownEventInput.extend({ document: z.unknown() }))
  .mutation(async ({ ctx, input }) => {
    await ownEvent(ctx, input);
    const parsed = seatMapInput.safeParse(input.document);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      refuse('seat_map_unsound', { problem: 'shape', at: issue?.path.join('.') ?? '' });
    }
    const [problem] = checkSeatMap(parsed.data);
    if (problem) refuse('seat_map_unsound', { problem: problem.kind });
    return { document: parsed.data, seats: seatsOf(parsed.data).length };
  });

import { saveSeatMap as save, type SaveSeatMapResult } from '@catraca/db';
import { checkSeatMap } from '@catraca/domain/seat-map';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { refuseEdited } from '../set-up/refuse-edited.ts';
import { memberProcedure } from '../trpc.ts';
import { seatMapInput } from './input.ts';

/** Seats that a refusal names: more than anybody reads. */
const namedMax = 50;

/** Saves a map, the seats it draws and the stock of their types as one change. */
export const saveSeatMap = memberProcedure
  .input(
    ownEventInput.extend({
      version: z.number().int().min(0),
      document: seatMapInput,
      noSingleSeats: z.boolean(),
      /** Seats that somebody has and the map has no longer stay theirs, out of sale. */
      keepTaken: z.boolean().default(false),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { eventSlug: _, ...draft } = input;
    const [problem] = checkSeatMap(draft.document);
    if (problem) refuse('seat_map_unsound', { problem: problem.kind });
    const saved = await save(ctx.db, event.id, draft, actorOf(ctx));
    if (saved.ok) return { version: saved.version, seats: saved.seats };
    if (saved.code !== 'edited_meanwhile') return refuseMap(saved);
    return refuseEdited(ctx, saved, { kind: 'seat_map', id: event.id });
  });

type MapRefusal = Exclude<Extract<SaveSeatMapResult, { ok: false }>, { code: 'edited_meanwhile' }>;

function refuseMap(refusal: MapRefusal): never {
  switch (refusal.code) {
    case 'set_up_elsewhere':
      return refuse(refusal.code);
    case 'not_seated':
      return refuse(refusal.code, { typeNos: refusal.typeNos.map(String) });
    default:
      return refuse(refusal.code, {
        ...{ seats: refusal.seats.slice(0, namedMax), count: refusal.seats.length },
      });
  }
}

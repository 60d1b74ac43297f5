import { savePlan as save, type PlanDrawing, type PlanRefusal } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { refuseEdited } from '../set-up/refuse-edited.ts';
import { memberProcedure } from '../trpc.ts';
import { areasInput, checkpointsInput, drawingInput } from './input.ts';
import { readDrawing } from './read-drawing.ts';

/** Saves areas, checkpoints and, where it is another one, the drawing: all of it or nothing. */
export const savePlan = memberProcedure
  .input(
    ownEventInput.extend({
      version: z.number().int().min(0),
      drawing: drawingInput.optional(),
      areas: areasInput,
      checkpoints: checkpointsInput,
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { version, areas, checkpoints, drawing } = input;
    const clean = drawing && (await cleanDrawing(drawing));
    const change = { version, areas, checkpoints, drawing: clean };
    const saved = await save(ctx.db, event.id, change, actorOf(ctx));
    if (saved.ok) return { version: saved.version };
    if (saved.code !== 'edited_meanwhile') return refusePlan(saved);
    return refuseEdited(ctx, saved, { kind: 'venue_plan', id: event.id });
  });

/** What comes back from a page may be anything again. */
async function cleanDrawing({ svg, earth }: z.infer<typeof drawingInput>): Promise<PlanDrawing> {
  return { ...(await readDrawing(new TextEncoder().encode(svg))), earth };
}

function refusePlan(refusal: Exclude<PlanRefusal, { code: 'edited_meanwhile' }>): never {
  switch (refusal.code) {
    case 'set_up_elsewhere':
      return refuse(refusal.code);
    case 'area_number_used':
      return refuse(refusal.code, { nos: refusal.nos.map(String) });
    default:
      return refuse(refusal.code, { names: refusal.names });
  }
}

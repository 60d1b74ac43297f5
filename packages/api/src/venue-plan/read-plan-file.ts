import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { planFileInput } from './input.ts';
import { readDrawing } from './read-drawing.ts';

/** What a file would be as a plan, cleaned. Nothing is kept: saving the plan keeps it. */
export const readPlanFile = memberProcedure
  .input(ownEventInput.extend({ file: planFileInput }))
  .mutation(async ({ ctx, input }) => {
    await ownEvent(ctx, input);
    return readDrawing(input.file);
  });

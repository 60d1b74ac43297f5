import type { EditedMeanwhile, SetUpRefusal } from '@catraca/db';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { refuseEdited, type EditedRow } from './refuse-edited.ts';

/** The refusals that every change of an event's set-up has. `edited` is the row whose version the change was made on. */
export async function refuseSetUp(
  ctx: Pick<ApiContext, 'db'>,
  refusal: SetUpRefusal | EditedMeanwhile,
  edited: EditedRow,
): Promise<never> {
  switch (refusal.code) {
    case 'unknown_event':
      return refuse('not_found');
    case 'set_up_elsewhere':
      return refuse('set_up_elsewhere');
    case 'edited_meanwhile':
      return refuseEdited(ctx, refusal, edited);
  }
}

import type { EditedMeanwhile, SetUpRefusal } from '@catraca/db';
import { refuse } from '../errors.ts';

/** The refusals that every change of an event's set-up has. */
export function refuseSetUp(refusal: SetUpRefusal | EditedMeanwhile): never {
  switch (refusal.code) {
    case 'unknown_event':
      return refuse('not_found');
    case 'set_up_elsewhere':
      return refuse('set_up_elsewhere');
    case 'edited_meanwhile':
      return refuse('edited_meanwhile', { version: refusal.version });
  }
}

import { m } from '#lib/paraglide/messages.js';
import { openable, type PassType, type SetUp } from './types/type-draft.ts';

/** Something to be done before an event is published, and where. */
export interface Check {
  name: string;
  isDone: boolean;
  /** Without it the event cannot be published. */
  isNeeded: boolean;
  /** Below the event's address. */
  path: string;
}

export function checklist(setUp: SetUp, types: readonly PassType[]): Check[] {
  const living = types.filter(({ archived }) => !archived);
  const entrances = setUp.checkpoints.map(({ toAreaId }) => toAreaId);
  const needed = (name: string, isDone: boolean, path: string) => ({
    ...{ name, isDone, path, isNeeded: true },
  });
  const wise = (name: string, isDone: boolean, path: string) => ({
    ...{ name, isDone, path, isNeeded: false },
  });
  return [
    needed(m.setup_check_days(), setUp.days.length > 0, '/settings#days'),
    needed(m.setup_check_types(), living.length > 0, '/types'),
    wise(
      m.setup_check_areas(),
      openable(setUp).some(({ id }) => entrances.includes(id)),
      '/settings#areas',
    ),
    wise(
      m.setup_check_opens(),
      living.length > 0 && living.every(({ openings }) => openings.length > 0),
      '/types',
    ),
    wise(
      m.setup_check_stock(),
      living.length > 0 && living.every(({ quantity, elsewhere }) => quantity + elsewhere > 0),
      '/types',
    ),
    wise(
      m.setup_check_words(),
      setUp.tagline.en !== '' && setUp.description.en !== '',
      '/settings#words',
    ),
    wise(m.setup_check_poster(), setUp.look.posterPath !== null, '/settings#look'),
  ];
}

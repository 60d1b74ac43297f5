import type { SeatMapProblem } from '@catraca/domain/seat-map';
import { localized } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { apiError, trpc } from '#lib/trpc.ts';
import { newerIn } from '../../newer.ts';
import type { NotSaved } from '../drawing-save.svelte.ts';
import type { SeatDraft, SeatType } from './seat-draft.svelte.ts';

export type SavedSeats =
  | { kind: 'saved'; seats: number }
  /** Somebody has seats that the map has no longer. */
  | { kind: 'taken'; seats: string; count: number };

/** Saves the map as one change, on the version it was made on. */
export async function saveSeats(
  eventSlug: string,
  draft: SeatDraft,
  types: readonly SeatType[],
  keepTaken: boolean,
): Promise<SavedSeats | NotSaved> {
  const { document, noSingleSeats } = draft.history.now;
  const { version } = draft;
  try {
    const saved = await trpc().seatMap.save.mutate({
      ...{ eventSlug, version, document, noSingleSeats, keepTaken },
    });
    draft.saved(saved.version);
    return { kind: 'saved', seats: saved.seats };
  } catch (error) {
    const answer = apiError(error);
    const newer = answer && newerIn(answer);
    if (newer) return { kind: 'meanwhile', newer };
    const detail = answer?.detail ?? {};
    const listed = (name: string) => {
      const list = detail[name];
      return Array.isArray(list) ? list : [];
    };
    const seats = listed('seats').join('; ');
    switch (answer?.refusal) {
      case 'seats_taken':
        return { kind: 'taken', seats, count: Number(detail['count']) };
      case 'seats_elsewhere':
        return { kind: 'refused', words: m.seats_at_other_site({ seats }) };
      case 'not_seated': {
        const nos = listed('typeNos').map(Number);
        const named = types.filter(({ no }) => nos.includes(no)).map(({ name }) => localized(name));
        return { kind: 'refused', words: m.seats_not_seated({ types: named.join(', ') }) };
      }
      case 'set_up_elsewhere':
        return { kind: 'refused', words: m.seats_elsewhere() };
      default:
        return { kind: 'refused', words: m.seats_not_saved() };
    }
  }
}

/** What must be mended before a map can be saved. */
export function problemWords(problem: SeatMapProblem): string {
  switch (problem.kind) {
    case 'id_twice':
      return m.seats_problem_id_twice();
    case 'name_twice':
      return m.seats_problem_name_twice({ name: problem.name });
    case 'row_twice':
      return m.seats_problem_row_twice({ name: problem.name, row: problem.row });
    case 'seat_twice': {
      const { name, row, number } = problem;
      return m.seats_problem_seat_twice({ name, row, number: String(number) });
    }
    case 'no_category':
      return m.seats_problem_no_category({ name: problem.name });
    case 'category_twice':
      return m.seats_problem_category_twice();
    case 'too_many_seats':
      return m.seats_problem_too_many_seats({ count: String(problem.seats) });
  }
}

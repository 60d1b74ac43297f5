import { localized } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { apiError, trpc } from '#lib/trpc.ts';
import type { StoreEvent } from '../../event-look.ts';
import { seatName } from './seats/seat-name.ts';
import type { Selection } from './selection.svelte.ts';

/** Why nothing was held, and what to do about it, in the buyer's words. */
export interface PlaceProblem {
  title: string;
  text: string;
  /** They hold tickets of another event, which they may go to or let go. */
  otherCart?: boolean;
  /** It is not their turn: the waiting room comes first. */
  mustWait?: boolean;
}

export type PlaceResult = { ok: true } | { ok: false; problem: PlaceProblem };

/** Asks for the selection to be held. Seats that somebody else took leave the selection; all else stays in it. */
export async function placeHold(
  event: StoreEvent,
  selection: Selection,
  request: {
    replaceOther: boolean;
    /** Of their place in the waiting room, if there is one. */
    proof: string | undefined;
    /** That they typed. */
    code: string | undefined;
  },
): Promise<PlaceResult> {
  try {
    await trpc().hold.place.mutate({
      slug: event.slug,
      lines: selection.lines(),
      ...request,
    });
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: explain(error, event, selection) };
  }
}

function explain(error: unknown, event: StoreEvent, selection: Selection): PlaceProblem {
  const answer = apiError(error);
  const detail = answer?.detail ?? {};
  const type = event.types.find(({ no }) => no === detail['typeNo']);
  const name = type ? localized(type.name) : '';
  switch (answer?.refusal) {
    case 'seat_taken':
    case 'unknown_seat': {
      const seatIds = Array.isArray(detail['seatIds']) ? detail['seatIds'] : [];
      const seats = selection.dropSeats(seatIds).map(seatName).join('; ');
      return { title: m.store_seat_taken({ seats }), text: m.store_seat_taken_hint() };
    }
    case 'single_seats':
      return { title: m.store_single_seats_refused(), text: m.store_single_seats_hint() };
    case 'sold_out':
      return { title: m.store_gone({ name }), text: m.store_gone_hint() };
    case 'not_enough':
      return {
        title: m.store_not_enough({ name, left: Number(detail['left']) }),
        text: m.store_not_enough_hint(),
      };
    case 'not_on_sale':
      return { title: m.store_not_on_sale({ name }), text: m.store_gone_hint() };
    case 'too_many':
      return {
        title: m.store_too_many({ name, max: Number(detail['max']) }),
        text: m.store_not_enough_hint(),
      };
    case 'other_cart':
      return {
        title: m.store_other_cart({ event: String(detail['eventName']) }),
        text: m.store_other_cart_hint(),
        otherCart: true,
      };
    case 'unknown_code':
      return { title: m.store_code_unknown(), text: m.store_code_gone_hint() };
    case 'code_used_up':
      return {
        title: m.store_code_used_up({ left: Number(detail['left']) }),
        text: m.store_code_gone_hint(),
      };
    case 'over_limit': {
      const have = Number(detail['have']);
      return {
        title: m.store_over_network({ max: Number(detail['max']) }),
        text: have > 0 ? m.store_over_network_hint({ have }) : m.store_over_network_alone_hint(),
      };
    }
    case 'waiting_room':
    case 'place_not_yours':
      return { title: m.queue_gate_open(), text: m.queue_gate_open_text(), mustWait: true };
    case 'site_stopped':
      return { title: m.store_site_stopped(), text: m.store_site_stopped_hint() };
    case 'busy':
      return { title: m.store_busy(), text: m.store_busy_hint() };
    case undefined:
    case null:
      return unreached();
    default:
      return { title: m.store_not_possible(), text: m.store_not_possible_hint() };
  }
}

/** The API gave no answer that it knows: most often there is no connection. */
export function unreached(): PlaceProblem {
  return { title: m.store_failed(), text: m.store_failed_hint() };
}

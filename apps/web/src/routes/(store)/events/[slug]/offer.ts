import type { RouterOutputs } from '@catraca/api';
import type { TicketType } from '../../event-look.ts';

export type Availability = RouterOutputs['event']['availability'][number];

/** What this buyer may do with a ticket type at this moment. `max` counts what they hold already. */
export type Offer =
  | { state: 'on_sale'; left: number | null; max: number }
  | { state: 'sold_out'; mayReturn: boolean }
  | { state: 'not_started'; startsAt: Date }
  | { state: 'ended' };

/** The offer of a type: what is left for all, and on top of it the units this buyer holds. */
export function offerOf(
  type: Pick<TicketType, 'unitsPerOrderMax'>,
  availability: Availability | undefined,
  heldUnits: number,
): Offer {
  if (!availability) return { state: 'ended' };
  if (availability.state === 'not_started' || availability.state === 'ended') return availability;
  const left = availability.state === 'sold_out' ? 0 : availability.left;
  if (left === 0 && heldUnits === 0)
    return { state: 'sold_out', mayReturn: 'mayReturn' in availability && availability.mayReturn };
  const reachable = left === null ? type.unitsPerOrderMax : left + heldUnits;
  return { state: 'on_sale', left, max: Math.min(type.unitsPerOrderMax, reachable) };
}

/** The price a buyer pays for a unit, with the fee. */
export function allInMinor(type: Pick<TicketType, 'priceMinor' | 'feeMinor'>): number {
  return type.priceMinor + type.feeMinor;
}

import type { RouterOutputs } from '@catraca/api';
import { formatPrice } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';

export type EventCard = RouterOutputs['event']['list'][number];
export type StoreEvent = RouterOutputs['event']['get'];
export type TicketType = StoreEvent['types'][number];
export type Look = StoreEvent['look'];

/** An event's colours for the `style` of what stands in them; without any, the shop's own stay. */
export function lookStyle({ colours }: Look): string | undefined {
  return colours ? `--event-accent: ${colours.accent}; --event-ink: ${colours.ink}` : undefined;
}

/** What one pays at least to come, fees included. */
export function fromPrice({ fromMinor, toMinor, currency }: EventCard): string {
  if (fromMinor === null || toMinor === null) return '';
  if (toMinor === 0) return m.store_free();
  return fromMinor > 0
    ? m.store_from_price({ price: formatPrice(fromMinor, currency) })
    : m.store_free_up_to({ price: formatPrice(toMinor, currency) });
}

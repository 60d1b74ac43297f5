import type { RouterOutputs } from '@catraca/api';

export type EventCard = RouterOutputs['event']['list'][number];
export type StoreEvent = RouterOutputs['event']['get'];
export type TicketType = StoreEvent['types'][number];
export type Look = StoreEvent['look'];

/** An event's colours for the `style` of what stands in them; without any, the shop's own stay. */
export function lookStyle({ colours }: Look): string | undefined {
  return colours ? `--event-accent: ${colours.accent}; --event-ink: ${colours.ink}` : undefined;
}

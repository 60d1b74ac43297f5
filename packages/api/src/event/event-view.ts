import type { StoreEvent } from '@catraca/db';
import { storeLook } from './store-look.ts';
import { isForAll, storeType } from './store-type.ts';

/** An event's page: what, when, where, and its ticket types with their prices. */
export function eventView({ event, days, types }: StoreEvent) {
  return {
    slug: event.slug,
    name: event.name,
    tagline: event.tagline,
    description: event.description,
    venueName: event.venueName,
    venueAddress: event.venueAddress,
    timeZone: event.timeZone,
    currency: event.currency,
    look: storeLook(event.look),
    isClosed: event.status === 'closed',
    holdMinutes: Math.round(event.holdTtlSeconds / 60),
    days: days.map(({ no, name, startsAt, endsAt }) => ({ no, name, startsAt, endsAt })),
    types: types.filter(isForAll).map(storeType),
  };
}

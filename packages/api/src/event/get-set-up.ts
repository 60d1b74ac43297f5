import { readEventSetUp } from '@catraca/db';
import { clockAt } from '@catraca/domain';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { storeLook } from './store-look.ts';

/** Everything that an event's settings show, and whom a change would reach. */
export const getSetUp = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const own = await ownEvent(ctx, input);
  const found = (await readEventSetUp(ctx.db, own.id)) ?? refuse('not_found');
  const { event, days, areas, checkpoints, orderCount, passCount } = found;
  return {
    slug: event.slug,
    version: event.version,
    status: event.status,
    name: event.name,
    tagline: event.tagline,
    description: event.description,
    venueName: event.venueName,
    venueAddress: event.venueAddress,
    timeZone: event.timeZone,
    currency: event.currency,
    languages: event.languages,
    look: { ...event.look, ...storeLook(event.look) },
    holdMinutes: Math.round(event.holdTtlSeconds / 60),
    unitsPerBuyerMax: event.unitsPerBuyerMax,
    unitsPerCardMax: event.unitsPerCardMax,
    unitsPerNetworkMax: event.unitsPerNetworkMax,
    retentionDays: event.retentionDays,
    days: days.map(({ no, name, localDate, startsAt, endsAt }) => ({
      ...{ no, name, date: localDate, startsAt, endsAt },
      opensAt: clockAt(startsAt.getTime(), event.timeZone).time,
      closesAt: clockAt(endsAt.getTime(), event.timeZone).time,
    })),
    areas: areas.map(({ id, no, name, capacity }) => ({ id: String(id), no, name, capacity })),
    checkpoints: checkpoints.map(({ id, name, directions, fromAreaId, toAreaId }) => ({
      ...{ id: String(id), name, directions },
      ...{ fromAreaId: String(fromAreaId), toAreaId: String(toAreaId) },
    })),
    orderCount,
    passCount,
  };
});

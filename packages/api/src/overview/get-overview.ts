import { getOverview as read, type MemberRole } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** Whose business the takings are. */
const seesRevenue: readonly MemberRole[] = ['owner', 'manager', 'viewer'];

/** An event at a glance, as of `at`. `revenue` is null for roles that are not told. */
export const getOverview = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const { types, areas, revenue, waiting } = await read(ctx.db, event.id);
  return {
    at: ctx.now,
    types: types.map(({ quantity, held, sold, ...type }) => ({
      ...type,
      units: quantity === null ? null : { quantity, held: held ?? 0, sold: sold ?? 0 },
    })),
    areas,
    peopleInside: areas.reduce((sum, area) => sum + area.people, 0),
    staffInside: areas.reduce((sum, area) => sum + area.staff, 0),
    revenue: seesRevenue.includes(ctx.member.role) ? revenue : null,
    waiting,
  };
});

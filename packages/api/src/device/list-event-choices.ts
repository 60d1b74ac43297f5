import { listEventsToScan } from '@catraca/db';
import { memberProcedure } from '../trpc.ts';

/** Events of the member's organization that a device can be enrolled for. */
export const listEventChoices = memberProcedure.query(({ ctx }) =>
  listEventsToScan(ctx.db, ctx.member.organizationId),
);

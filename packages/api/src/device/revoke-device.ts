import { findDeviceOf, revokeDevice as revoke } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';
import { isOwnDevice } from './own-device.ts';

/** Shuts a device out at once: its token opens nothing any more. */
export const revokeDevice = memberProcedure
  .input(ownEventInput.extend({ deviceId: rowIdInput }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const device = await findDeviceOf(ctx.db, event.id, input.deviceId);
    if (!device || !isOwnDevice(ctx.member, event.id, device)) refuse('not_found');
    const result = await revoke(ctx.db, input.deviceId, ctx.now, actorOf(ctx));
    if (!result.ok) refuse('not_found');
  });

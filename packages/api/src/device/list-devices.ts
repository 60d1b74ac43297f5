import { listDevices as list } from '@catraca/db';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { isOwnDevice } from './own-device.ts';
import { memberProcedure } from '../trpc.ts';

/** An event's devices. `at` is the instant that "last seen" is to be compared with. */
export const listDevices = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const devices = await list(ctx.db, event.id);
  return {
    at: ctx.now,
    devices: devices
      .filter((device) => isOwnDevice(ctx.member, event.id, device))
      .map(({ id, checkpointIds, ...device }) => ({
        ...device,
        id: String(id),
        checkpointIds: checkpointIds?.map(String) ?? null,
      })),
  };
});

import { deviceTtlMs, enrolDevice } from '@catraca/db';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** Characters of a device's name: it must fit a line of the control room. */
const nameLengthMax = 60;

/** Makes the browser of a signed-in member a scanner of one event, at every checkpoint of it. The token is told once. */
export const enrolSelf = memberProcedure
  .input(ownEventInput.extend({ deviceName: z.string().trim().min(1).max(nameLengthMax) }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const enrolled = await enrolDevice(
      ctx.db,
      {
        eventId: event.id,
        name: input.deviceName,
        kind: 'scanner',
        checkpointIds: null,
        userId: ctx.member.userId,
        expiresAt: new Date(ctx.now.getTime() + deviceTtlMs),
      },
      ctx.now,
    );
    if (!enrolled.ok) refuse('not_found');
    return {
      token: enrolled.token,
      deviceId: enrolled.device.id,
      deviceName: enrolled.device.name,
    };
  });

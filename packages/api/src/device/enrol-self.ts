import { deviceTtlMs, enrolDevice } from '@catraca/db';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownCheckpoints, ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';
import { deviceNameInput } from './device-name.ts';

/** Makes the browser of a signed-in member a scanner of one event, at the checkpoints the member works at. The token is told once. */
export const enrolSelf = memberProcedure
  .input(ownEventInput.extend({ deviceName: deviceNameInput }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const enrolled = await enrolDevice(
      ctx.db,
      {
        eventId: event.id,
        name: input.deviceName,
        kind: 'scanner',
        checkpointIds: ownCheckpoints(ctx.member, event.id),
        userId: ctx.member.userId,
        expiresAt: new Date(ctx.now.getTime() + deviceTtlMs),
      },
      ctx.now,
      actorOf(ctx),
    );
    if (!enrolled.ok) refuse('not_found');
    return {
      token: enrolled.token,
      deviceId: enrolled.device.id,
      deviceName: enrolled.device.name,
    };
  });

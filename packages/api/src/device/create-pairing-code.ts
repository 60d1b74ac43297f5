import { createPairingCode as create } from '@catraca/db';
import { qrShape } from '@catraca/documents';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownCheckpoints, ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';
import { deviceNameInput } from './device-name.ts';

/** More checkpoints than a convention has. */
const checkpointsMax = 500;

/** A code that makes one device a scanner of the event, once, within two minutes. `checkpointIds` null: everywhere that the member works. */
export const createPairingCode = memberProcedure
  .input(
    ownEventInput.extend({
      deviceName: deviceNameInput,
      checkpointIds: z.array(rowIdInput).min(1).max(checkpointsMax).nullable(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { deviceName } = input;
    const own = ownCheckpoints(ctx.member, event.id);
    const checkpointIds = input.checkpointIds ?? own;
    if (own && !checkpointIds?.every((id) => own.includes(id))) refuse('not_found');
    const createdBy = ctx.member.userId;
    const request = { eventId: event.id, deviceName, checkpointIds, createdBy };
    const result = await create(ctx.db, request, ctx.now, actorOf(ctx));
    if (!result.ok) refuse('not_found');
    const { code, expiresAt } = result;
    return { code, qr: qrShape(code), expiresAt, at: ctx.now };
  });

import {
  memberRoles,
  removeMember as remove,
  resetFactors as reset,
  setMemberLimits,
  setMemberRole,
  setSecondFactorRoles as setRoles,
  suspendMember,
} from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { rowIdInput } from '../row-id.ts';
import { onlyAtCloud } from '../site/only-at-cloud.ts';
import { memberProcedure } from '../trpc.ts';
import { settle, whichMember } from './may-manage.ts';

const memberInput = z.object({ memberId: z.string().min(1).max(64) });

/** Gives a member another role. */
export const setRole = memberProcedure
  .input(memberInput.extend({ role: z.enum(memberRoles) }))
  .mutation(async ({ ctx, input: { memberId, role } }) => {
    onlyAtCloud(ctx);
    settle(await setMemberRole(ctx.db, whichMember(ctx, memberId), role, ctx.now, actorOf(ctx)));
  });

/** Shuts a member out until further notice, or lets them in again. */
export const suspend = memberProcedure
  .input(memberInput.extend({ suspended: z.boolean() }))
  .mutation(async ({ ctx, input: { memberId, suspended } }) => {
    onlyAtCloud(ctx);
    const which = whichMember(ctx, memberId);
    settle(await suspendMember(ctx.db, which, suspended, ctx.now, actorOf(ctx)));
  });

/** Takes a member out of the organization, with the phones they made scanners. */
export const removeMember = memberProcedure
  .input(memberInput)
  .mutation(async ({ ctx, input: { memberId } }) => {
    onlyAtCloud(ctx);
    settle(await remove(ctx.db, whichMember(ctx, memberId), ctx.now, actorOf(ctx)));
  });

/** For a member who lost their phone: the password is enough to sign in, and to set up a new factor. */
export const resetFactors = memberProcedure
  .input(memberInput)
  .mutation(async ({ ctx, input: { memberId } }) => {
    settle(await reset(ctx.db, whichMember(ctx, memberId), ctx.now, actorOf(ctx)));
  });

/** More events than a member works at, and more checkpoints than an event has. */
const eventsMax = 200;
const checkpointsMax = 500;

/** Says where a member works: at these events, and there at these checkpoints (null: at all); null: everywhere. */
export const setLimits = memberProcedure
  .input(
    memberInput.extend({
      limits: z
        .array(
          z.object({
            eventId: rowIdInput,
            checkpointIds: z.array(rowIdInput).min(1).max(checkpointsMax).nullable(),
          }),
        )
        .min(1)
        .max(eventsMax)
        .nullable(),
    }),
  )
  .mutation(async ({ ctx, input: { memberId, limits } }) => {
    onlyAtCloud(ctx);
    const which = whichMember(ctx, memberId);
    settle(await setMemberLimits(ctx.db, which, limits, ctx.now, actorOf(ctx)));
  });

/** Says which roles must have a second factor. */
export const setSecondFactorRoles = memberProcedure
  .input(
    z.object({
      roles: z.array(z.enum(memberRoles)).max(memberRoles.length),
      version: z.int().min(0),
    }),
  )
  .mutation(async ({ ctx, input: { roles, version } }) => {
    onlyAtCloud(ctx);
    const { organizationId } = ctx.member;
    const wanted = { organizationId, roles: [...new Set(roles)], version };
    const result = await setRoles(ctx.db, wanted, actorOf(ctx));
    if (!result.ok) refuse('edited_meanwhile');
    return { version: result.version };
  });

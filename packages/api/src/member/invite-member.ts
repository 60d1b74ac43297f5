import {
  inviteMember as invite,
  memberRoles,
  resendInvitation as resend,
  revokeInvitation as revoke,
} from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { onlyAtCloud } from '../site/only-at-cloud.ts';
import { memberProcedure } from '../trpc.ts';
import { rolesWithin } from './may-manage.ts';

/** RFC 5321 has no longer ones. */
const emailLengthMax = 254;

/** Sends somebody a link by which they become a member. */
export const inviteMember = memberProcedure
  .input(
    z.object({
      email: z.string().trim().toLowerCase().max(emailLengthMax).pipe(z.email()),
      role: z.enum(memberRoles),
    }),
  )
  .mutation(async ({ ctx, input: { email, role } }) => {
    onlyAtCloud(ctx);
    const { organizationId, userId: inviterId } = ctx.member;
    if (!rolesWithin(ctx.member.role).includes(role)) refuse('beyond_role');
    const request = { organizationId, email, role, inviterId };
    const result = await invite(ctx.db, request, ctx.now, actorOf(ctx));
    if (!result.ok) refuse('already_member');
    return { invitationId: result.invitationId };
  });

const invitationInput = z.object({ invitationId: z.string().min(1).max(64) });

/** Sends an invitation once more. */
export const resendInvitation = memberProcedure
  .input(invitationInput)
  .mutation(async ({ ctx, input }) => {
    onlyAtCloud(ctx);
    const { organizationId, role } = ctx.member;
    const which = { organizationId, ...input, within: rolesWithin(role) };
    const result = await resend(ctx.db, which, ctx.now, actorOf(ctx));
    if (!result.ok) refuse('not_found');
  });

/** Takes an invitation back. */
export const revokeInvitation = memberProcedure
  .input(invitationInput)
  .mutation(async ({ ctx, input }) => {
    onlyAtCloud(ctx);
    const { organizationId, role } = ctx.member;
    const which = { organizationId, ...input, within: rolesWithin(role) };
    const result = await revoke(ctx.db, which, actorOf(ctx));
    if (!result.ok) refuse('not_found');
  });

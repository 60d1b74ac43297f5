import {
  findSecurity,
  listCheckpoints,
  listInvitations,
  listMembers as list,
  listOwnEvents,
} from '@catraca/db';
import { memberProcedure } from '../trpc.ts';
import { rolesWithin } from './may-manage.ts';

/** The organization's members, who is invited, and what is asked of whom. `mayGive`: the roles the caller may give and take. */
export const listMembers = memberProcedure.query(async ({ ctx }) => {
  const { organizationId, memberId: self, role } = ctx.member;
  const members = await list(ctx.db, organizationId);
  const invitations = await listInvitations(ctx.db, organizationId);
  const security = await findSecurity(ctx.db, organizationId);
  return {
    ...{ at: ctx.now, mayGive: rolesWithin(role), invitations, ...security },
    /** Members are those of the cloud: there they are changed. */
    isHere: ctx.site.kind === 'cloud',
    members: members.map(({ limits, ...member }) => ({
      ...member,
      isSelf: member.memberId === self,
      limits:
        limits?.map(({ eventId, checkpointIds }) => ({
          eventId: String(eventId),
          checkpointIds: checkpointIds?.map(String) ?? null,
        })) ?? null,
    })),
  };
});

/** The events and checkpoints that members can be limited to. */
export const listPlaces = memberProcedure.query(async ({ ctx }) => {
  const events = await listOwnEvents(ctx.db, ctx.member.organizationId);
  return Promise.all(
    events
      .filter(({ status }) => status !== 'archived')
      .map(async ({ id, name }) => {
        const checkpoints = await listCheckpoints(ctx.db, id);
        return {
          ...{ id: String(id), name },
          checkpoints: checkpoints.map((one) => ({ id: String(one.id), name: one.name })),
        };
      }),
  );
});

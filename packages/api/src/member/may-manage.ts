import { memberRoles, type ChangeMemberResult, type MemberRole } from '@catraca/db';
import type { ApiContext, Member } from '../context.ts';
import { refuse } from '../errors.ts';

/** The roles a member may give and take: an owner all, a manager those below. */
export function rolesWithin(role: MemberRole): readonly MemberRole[] {
  if (role === 'owner') return memberRoles;
  return memberRoles.filter((other) => other !== 'owner' && other !== 'manager');
}

/** A member of the caller's organization, as the commands take it. */
export function whichMember({ member }: ApiContext & { member: Member }, memberId: string) {
  return { organizationId: member.organizationId, memberId, within: rolesWithin(member.role) };
}

export function settle(result: ChangeMemberResult | { ok: false; code: 'unknown_place' }): void {
  if (result.ok) return;
  switch (result.code) {
    case 'unknown_member':
    case 'unknown_place':
      return refuse('not_found');
    case 'beyond_role':
      return refuse('beyond_role');
    case 'last_owner':
      return refuse('last_owner');
  }
}

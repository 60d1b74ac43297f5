import { and, eq, isNull } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { members, organizations, sessions, type MemberRole } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { transact } from '../transact.ts';
import { followMembers } from './follow-members.ts';

export type MemberRow = typeof members.$inferSelect;

export interface WhichMember {
  organizationId: string;
  memberId: string;
  /** Roles that whoever asks may give and take. */
  within: readonly MemberRole[];
}

export type ChangeMemberResult =
  | { ok: true }
  /** `beyond_role`: a role that whoever asks may not give or take. `last_owner`: somebody must be left who may do everything. */
  | { ok: false; code: 'unknown_member' | 'beyond_role' | 'last_owner' };

/** Members of an organization change one at a time: whoever holds this lock sees all of them as they are. */
export async function lockMembers(tx: Tx, organizationId: string): Promise<void> {
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for('no key update');
}

/**
 * Changes a member. Two owners cannot take each other's role away at once: the second waits for the first, and is refused. What the
 * member has open, walls and phones, follows.
 */
export async function changeMember(
  db: Db,
  { organizationId, memberId, within }: WhichMember,
  now: Date,
  work: (tx: Tx, member: MemberRow) => Promise<void>,
): Promise<ChangeMemberResult> {
  return transact<ChangeMemberResult>(db, async (tx, refuse) => {
    await lockMembers(tx, organizationId);
    const [member] = await tx
      .select()
      .from(members)
      .where(and(eq(members.id, memberId), eq(members.organizationId, organizationId)));
    if (!member) return { ok: false, code: 'unknown_member' };
    if (!within.includes(member.role)) return { ok: false, code: 'beyond_role' };
    await work(tx, member);
    const owners = and(eq(members.role, 'owner'), isNull(members.suspendedAt));
    const left = await tx.$count(members, and(eq(members.organizationId, organizationId), owners));
    if (left === 0) return refuse({ ok: false, code: 'last_owner' });
    await followMembers(tx, organizationId, now);
    await notify(tx, { kind: 'member', memberId });
    return { ok: true };
  });
}

/** Ends all that a member has open in this organization. */
export async function signOutMember(tx: Tx, member: MemberRow): Promise<void> {
  const { userId, organizationId } = member;
  await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.activeOrganizationId, organizationId)));
}

/** What the audit log says of a member: whose membership it is, never their name. */
export function memberAudit(action: string, { userId }: MemberRow, by: Actor) {
  return [by, { action, subjectKind: 'user', subjectId: userId }] as const;
}

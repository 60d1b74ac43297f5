import { and, asc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  auditLog,
  invitations,
  memberEvents,
  members,
  organizationSecurity,
  passkeys,
  twoFactors,
  users,
} from '../schema/index.ts';

/** The members of an organization by name, with where they work and how they sign in. */
export async function listMembers(db: DbOrTx, organizationId: string) {
  const rows = await db
    .select({
      memberId: members.id,
      userId: members.userId,
      name: users.name,
      email: users.email,
      role: members.role,
      suspendedAt: members.suspendedAt,
      since: members.createdAt,
      hasTotp: sql<boolean>`exists (select from ${twoFactors} where ${twoFactors.userId} = ${members.userId} and ${twoFactors.verified})`,
      passkeys: sql<number>`(select count(*)::int from ${passkeys} where ${passkeys.userId} = ${members.userId})`,
      lastSignInAt:
        sql`(select ${auditLog.at} from ${auditLog} where ${auditLog.subjectKind} = 'user' and ${auditLog.subjectId} = ${members.userId}
        and ${auditLog.action} = 'session.signIn' order by ${auditLog.id} desc limit 1)`.mapWith(
          auditLog.at,
        ),
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.organizationId, organizationId))
    .orderBy(asc(users.name), asc(members.id));
  const limits = await db
    .select({
      memberId: memberEvents.memberId,
      eventId: memberEvents.eventId,
      checkpointIds: memberEvents.checkpointIds,
    })
    .from(memberEvents)
    .innerJoin(members, eq(members.id, memberEvents.memberId))
    .where(eq(members.organizationId, organizationId));
  return rows.map((row) => {
    const own = limits.filter(({ memberId }) => memberId === row.memberId);
    return {
      ...row,
      limits:
        own.length === 0
          ? null
          : own.map(({ eventId, checkpointIds }) => ({ eventId, checkpointIds })),
    };
  });
}

/** Invitations that nobody has accepted or taken back. */
export function listInvitations(db: DbOrTx, organizationId: string) {
  const { id, email, role, expiresAt, createdAt } = invitations;
  return db
    .select({ id, email, role, expiresAt, createdAt })
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.status, 'pending')))
    .orderBy(asc(createdAt), asc(id));
}

/** What an organization asks of its members. Version 0: nothing was ever said. */
export async function findSecurity(db: DbOrTx, organizationId: string) {
  const [found] = await db
    .select()
    .from(organizationSecurity)
    .where(eq(organizationSecurity.organizationId, organizationId));
  return { secondFactorRoles: found?.secondFactorRoles ?? [], version: found?.version ?? 0 };
}

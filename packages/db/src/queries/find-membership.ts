import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  memberEvents,
  members,
  organizations,
  organizationSecurity,
  passkeys,
  twoFactors,
  users,
} from '../schema/index.ts';

/** The events a member works at, each with the checkpoints (null: all of them). */
export type MemberLimits = ReadonlyMap<bigint, readonly bigint[] | null>;

/** A user's role in one organization, and what is asked of them to use it. Ids are better-auth's text ids. */
export async function findMembership(db: DbOrTx, userId: string, organizationId: string) {
  const [found] = await db
    .select({
      memberId: members.id,
      role: members.role,
      suspendedAt: members.suspendedAt,
      organizationName: organizations.name,
      /** The role must have a second factor. */
      asksFactor: sql<boolean>`coalesce(${members.role} = any(${organizationSecurity.secondFactorRoles}), false)`,
      /** The user has an authenticator app or a passkey. */
      hasFactor: sql<boolean>`exists (select from ${twoFactors} where ${twoFactors.userId} = ${members.userId} and ${twoFactors.verified})
        or exists (select from ${passkeys} where ${passkeys.userId} = ${members.userId})`,
      limits: sql<
        LimitRow[] | null
      >`(select jsonb_agg(jsonb_build_object('event', ${memberEvents.eventId}::text,
        'checkpoints', ${memberEvents.checkpointIds}::text[])) from ${memberEvents} where ${memberEvents.memberId} = ${members.id})`,
    })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .leftJoin(organizationSecurity, eq(organizationSecurity.organizationId, members.organizationId))
    .where(and(eq(members.userId, userId), eq(members.organizationId, organizationId)));
  return found && { ...found, limits: found.limits && limitsOf(found.limits) };
}

interface LimitRow {
  event: string;
  checkpoints: string[] | null;
}

function limitsOf(rows: readonly LimitRow[]): MemberLimits {
  return new Map(
    rows.map(({ event, checkpoints }) => [BigInt(event), checkpoints && checkpoints.map(BigInt)]),
  );
}

/** The organization a user has been a member of for longest: where a new session begins. A suspended member is none. */
export async function findFirstOrganizationId(
  db: DbOrTx,
  userId: string,
): Promise<string | undefined> {
  const [first] = await db
    .select({ id: members.organizationId })
    .from(members)
    .where(and(eq(members.userId, userId), isNull(members.suspendedAt)))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(1);
  return first?.id;
}

/** The memberships of the account with this e-mail, in every organization: for the operator of the installation. */
export function findMembershipsByEmail(db: DbOrTx, email: string) {
  return db
    .select({ memberId: members.id, organizationId: members.organizationId })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(users.email, email));
}

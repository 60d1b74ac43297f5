import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { members, organizations } from '../schema/index.ts';

/** A user's role in one organization. Ids are better-auth's text ids. */
export async function findMembership(db: DbOrTx, userId: string, organizationId: string) {
  const [found] = await db
    .select({ memberId: members.id, role: members.role, organizationName: organizations.name })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(and(eq(members.userId, userId), eq(members.organizationId, organizationId)));
  return found;
}

/** The organization a user has been a member of for longest: where a new session begins. */
export async function findFirstOrganizationId(
  db: DbOrTx,
  userId: string,
): Promise<string | undefined> {
  const [first] = await db
    .select({ id: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(1);
  return first?.id;
}

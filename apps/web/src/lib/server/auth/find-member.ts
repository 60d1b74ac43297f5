import type { Member } from '@catraca/api';
import { findMembership, type Db } from '@catraca/db';
import type { Auth } from './auth.ts';

/**
 * The signed-in member of a request, in the organization its session is for.
 * The role is read each time: losing it is felt at once.
 */
export async function findMember(auth: Auth, db: Db, headers: Headers): Promise<Member | null> {
  // Buyers have no session: they cost no query.
  if (!headers.get('cookie')?.includes('session_token')) return null;
  const found = await auth.api.getSession({ headers });
  const organizationId = found?.session.activeOrganizationId;
  if (!found || !organizationId) return null;
  const membership = await findMembership(db, found.user.id, organizationId);
  if (!membership) return null;
  return { ...membership, userId: found.user.id, name: found.user.name, organizationId };
}

import { decideStanding, type Member, type Standing } from '@catraca/api';
import { findMembership, type Db } from '@catraca/db';
import type { Auth } from './auth.ts';

/** Who a request's session is of, and what it is worth. Only with the standing `member` is it anybody for the API. */
export interface SignedIn {
  standing: Standing;
  sessionId: string;
  email: string;
  member: Member;
}

/**
 * The person a request's session is of, in the organization it is for; null when there is no session, or no membership (any more).
 * Role, limits and factors are read each time: losing them is felt at once.
 */
export async function findSignedIn(auth: Auth, db: Db, headers: Headers): Promise<SignedIn | null> {
  // Buyers have no session: they cost no query.
  if (!headers.get('cookie')?.includes('session_token')) return null;
  const found = await auth.api.getSession({ headers });
  const organizationId = found?.session.activeOrganizationId;
  if (!found || !organizationId) return null;
  const membership = await findMembership(db, found.user.id, organizationId);
  const standing = decideStanding(membership, found.session);
  if (!membership || standing === 'nobody') return null;
  const { memberId, role, limits, organizationName } = membership;
  const { id: userId, name, email } = found.user;
  return {
    ...{ standing, sessionId: found.session.id, email },
    member: { memberId, userId, name, organizationId, organizationName, role, limits },
  };
}

import type { findMembership } from '@catraca/db';

type Membership = NonNullable<Awaited<ReturnType<typeof findMembership>>>;

/**
 * What a session is worth. `member`: all that the role may. `factor_open`: the password was right, and the second factor was not
 * shown in this session. `factor_missing`: the role asks for a second factor and there is none yet. `nobody`: no member, or suspended.
 */
export type Standing = 'member' | 'factor_open' | 'factor_missing' | 'nobody';

/** The one place that decides whether somebody who is signed in may act. Only a `member` is anybody for the rest of the system. */
export function decideStanding(
  membership: Pick<Membership, 'suspendedAt' | 'asksFactor' | 'hasFactor'> | undefined,
  session: { strong: boolean },
): Standing {
  if (!membership || membership.suspendedAt !== null) return 'nobody';
  if (membership.hasFactor) return session.strong ? 'member' : 'factor_open';
  return membership.asksFactor ? 'factor_missing' : 'member';
}

import type { Actor } from '@catraca/db';
import type { ApiContext, Member } from './context.ts';

/** Who a request acts for, as the audit log names it. */
export function actorOf({ member, client }: ApiContext & { member: Member }): Actor {
  const { organizationId, userId } = member;
  return {
    ...{ organizationId, kind: 'member', id: userId },
    ...{ address: client.address, userAgent: client.userAgent },
  };
}

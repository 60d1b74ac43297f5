import { getLocalSite, type Db, type MemberRole } from '@catraca/db';
import type { ApiContext, Member } from '../context.ts';
import { StoreBoard } from '../event/store-board.ts';
import { openLimitKeys } from '../limit-keys.ts';
import { makeLinks } from '../links.ts';
import { applicationAllowance, codeAllowance, NetworkThrottle } from '../network-throttle.ts';
import { openPaymentProviders } from '../payment/payment-providers.ts';
import { WaitingRooms } from '../waiting-room/waiting-rooms.ts';

/** What a procedure gets in a test: real parts, but for a cart that is empty and a log that nobody reads. */
export async function testContext(db: Db, member: Member | null): Promise<ApiContext> {
  const secret = '0'.repeat(64);
  const limitKeys = openLimitKeys(secret);
  const site = await getLocalSite(db);
  return {
    db,
    site,
    // Each look is a new one: what a test does, it sees at once.
    board: new StoreBoard(db, site.number, 0),
    now: new Date(),
    member,
    client: { address: '203.0.113.7', userAgent: 'test' },
    standing: member ? 'member' : 'nobody',
    buyer: { networkKey: limitKeys.network('203.0.113.7') },
    applying: new NetworkThrottle(applicationAllowance),
    redeeming: new NetworkThrottle(codeAllowance),
    limitKeys,
    places: { read: () => undefined, keep: () => {} },
    waitingRooms: new WaitingRooms(db, 0),
    cart: { holdPublicId: null, keep: () => {}, forget: () => {} },
    secret,
    masterKey: new Uint8Array(32).fill(7),
    payments: openPaymentProviders({ mode: 'development', offered: ['test'], stripe: undefined }),
    links: makeLinks('http://localhost', secret),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
}

/** A member of an organization; `userId` must be a real user's where something is recorded by it. */
export function testMember(role: MemberRole, organizationId: string, userId = 'user'): Member {
  return {
    memberId: 'member',
    userId,
    name: 'Member',
    organizationId,
    organizationName: '-',
    role,
    limits: null,
  };
}

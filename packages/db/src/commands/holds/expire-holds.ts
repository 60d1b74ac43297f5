import { and, eq, lte } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { holds } from '../../schema/index.ts';
import { transact } from '../transact.ts';
import { freeHolds } from './free-holds.ts';

/** Ends at most `limit` holds past their time, the oldest first; those that another process has at hand are left to it. */
export async function expireHolds(db: Db, now: Date, limit: number): Promise<number> {
  return transact(db, async (tx) => {
    const due = await tx
      .select()
      .from(holds)
      .where(and(eq(holds.state, 'active'), lte(holds.expiresAt, now)))
      .orderBy(holds.expiresAt)
      .limit(limit)
      .for('no key update', { skipLocked: true });
    await freeHolds(tx, due, 'expired');
    return due.length;
  });
}

/** A buyer waits for this: enough to serve the largest order, and no more work than one request should do. */
const holdsPerRequestMax = 200;

/** Ends an event's holds past their time for a buyer whom their stock would serve: waits where another process is at it. */
export async function expireHoldsOfEvent(db: Db, eventId: bigint, now: Date): Promise<number> {
  return transact(db, async (tx) => {
    const due = await tx
      .select()
      .from(holds)
      .where(and(eq(holds.eventId, eventId), eq(holds.state, 'active'), lte(holds.expiresAt, now)))
      .orderBy(holds.id)
      .limit(holdsPerRequestMax)
      .for('no key update');
    await freeHolds(tx, due, 'expired');
    return due.length;
  });
}

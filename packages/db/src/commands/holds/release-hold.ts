import type { Db } from '../../client.ts';
import { lockHold } from '../locks.ts';
import { transact } from '../transact.ts';
import { freeHolds } from './free-holds.ts';

export type ReleaseHoldResult = { ok: true } | { ok: false; code: 'unknown_hold' | 'already_sold' };

/** Gives a buyer's hold back. One that has ended already is given back. */
export async function releaseHold(db: Db, publicId: string): Promise<ReleaseHoldResult> {
  return transact<ReleaseHoldResult>(db, async (tx) => {
    const hold = await lockHold(tx, publicId);
    if (!hold) return { ok: false, code: 'unknown_hold' };
    if (hold.state === 'sold') return { ok: false, code: 'already_sold' };
    if (hold.state === 'active') await freeHolds(tx, [hold], 'released');
    return { ok: true };
  });
}

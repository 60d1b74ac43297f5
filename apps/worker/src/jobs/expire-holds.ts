import { type Db, expireHolds } from '@catraca/db';
import type { Log } from '../log.ts';
import type { Work } from './job.ts';

/** Holds in one transaction: their stock rows are locked meanwhile, and buyers wait for them. */
const holdsPerRound = 100;

/** Gives back what buyers held and did not pay. Placing a hold does so too; this keeps what the shop shows true. */
export function expiringHolds(db: Db, log: Log): Work {
  return {
    name: 'expire_holds',
    everyMs: 5_000,
    async run(now) {
      const ended = await expireHolds(db, now, holdsPerRound);
      if (ended > 0) log.info({ ended }, 'holds expired');
      return ended === holdsPerRound ? 'more' : 'done';
    },
  };
}

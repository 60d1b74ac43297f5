import { advancePersonalKeys, type Db, holdsPersonalKeys, Resealing } from '@catraca/db';
import type { Log } from '../log.ts';
import type { Work } from './job.ts';

/** A rotation waits for this (ms) at most, besides the half minute in which all learn of the key. */
const renewEveryMs = 2_000;

/** Takes a rotation of the keys of personal data from its first step to its last. Any number of workers may. */
export function renewingKeys(db: Db, log: Log): Work {
  const resealing = new Resealing(db);
  return {
    name: 'renew-keys',
    everyMs: renewEveryMs,
    async run() {
      // A venue whose cloud has told it nothing yet.
      if (!holdsPersonalKeys()) return 'done';
      if (await advancePersonalKeys(db)) log.info('personal data is sealed with a new key');
      return (await resealing.step()) ? 'more' : 'done';
    },
  };
}

import { type Db, eraseExpired, holdsPersonalKeys } from '@catraca/db';
import type { Log } from '../log.ts';
import type { Work } from './job.ts';

/** Days are what retention is counted in; an hour (ms) is soon enough. */
const everyMs = 60 * 60_000;

/** Forgets the people of events that are over for as long as their organizer wanted to keep them. */
export function erasingExpired(db: Db, log: Log): Work {
  return {
    name: 'erase-expired',
    everyMs,
    async run(now) {
      if (!holdsPersonalKeys() || !(await eraseExpired(db, now))) return 'done';
      log.info('people of an event that is over were erased');
      return 'more';
    },
  };
}

import { callPlaces, type Db, forgetPlaces } from '@catraca/db';
import type { Log } from '../log.ts';
import type { Work } from './job.ts';

/** Few enough for one quick statement; the next round takes the next ones. */
const forgottenPerRound = 5_000;

/** Lets the waiting rooms move on: draws, calls, and ends turns that are over. Several workers may do so at once. */
export function callingPlaces(db: Db, log: Log): Work {
  return {
    name: 'call_places',
    everyMs: 1_000,
    async run(now) {
      for (const { eventId, drawn, called, ended } of await callPlaces(db, now)) {
        if (drawn || called + ended > 0) {
          log.info({ eventId: String(eventId), drawn, called, ended }, 'waiting room moved on');
        }
      }
      return 'done';
    },
  };
}

/** Deletes the places of rooms that are long closed: whose network they came from is nobody's business any more. */
export function forgettingPlaces(db: Db): Work {
  return {
    name: 'forget_places',
    everyMs: 60_000,
    async run(now) {
      const gone = await forgetPlaces(db, now, forgottenPerRound);
      return gone === forgottenPerRound ? 'more' : 'done';
    },
  };
}

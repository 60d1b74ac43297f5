import { type Db, listUnrecordedEvents, readMark, recordHistory } from '@catraca/db';
import { VenueExchange, writeMarkFile } from '@catraca/api/sync';
import type { Log } from '../log.ts';
import type { Work } from './job.ts';

/** A change on one side shows on the other within two seconds. */
const exchangeEveryMs = 500;

/** The longest wait (ms) for a cloud that does not answer: it is back within seconds after the line is. */
const awayWaitMaxMs = 5_000;

/** A database that is put back by more than this (ms) is noticed. */
const markEveryMs = 1_000;

/** What a venue tells its cloud and learns from it. Does nothing at a cloud. */
export function exchangingFacts(db: Db, masterKey: Uint8Array, log: Log): Work {
  const exchange = new VenueExchange(db, masterKey);
  let failures = 0;
  let notBefore = 0;
  let problem: string | undefined;
  return {
    name: 'exchange',
    everyMs: exchangeEveryMs,
    async run(now) {
      if (now.getTime() < notBefore) return 'done';
      const outcome = await exchange.once(() => new Date());
      if (outcome.ok) {
        if (problem !== undefined) log.info({ was: problem }, 'the cloud is back');
        [failures, notBefore, problem] = [0, 0, undefined];
        return outcome.more ? 'more' : 'done';
      }
      failures += 1;
      notBefore = Date.now() + Math.min(awayWaitMaxMs, exchangeEveryMs * 2 ** failures);
      if (problem !== outcome.problem && outcome.problem !== 'not_paired') {
        log.warn({ problem: outcome.problem }, 'no exchange with the cloud');
      }
      problem = outcome.problem;
      return 'done';
    },
  };
}

/** Writes beside a venue's database how far it is, with the cloud or without. */
export function markingSite(db: Db, file: string | undefined): Work {
  let written = '';
  return {
    name: 'site-mark',
    everyMs: markEveryMs,
    async run() {
      const mark = file === undefined ? undefined : await readMark(db);
      if (file === undefined || mark === undefined) return 'done';
      const content = JSON.stringify([mark.pairing, ...mark.streams]);
      if (content === written) return 'done';
      await writeMarkFile(file, mark);
      written = content;
      return 'done';
    },
  };
}

/** Writes into the journal what events had before they were shared. */
export function recordingHistory(db: Db, log: Log): Work {
  return {
    name: 'record-history',
    everyMs: 1_000,
    async run() {
      for (const eventId of await listUnrecordedEvents(db)) {
        if (await recordHistory(db, eventId)) {
          log.info({ eventId: String(eventId) }, 'the history of a shared event is recorded');
        }
      }
      return 'done';
    },
  };
}

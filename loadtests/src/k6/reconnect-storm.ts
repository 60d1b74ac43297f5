import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '@catraca/db';
import { signLiveTicket } from '@catraca/domain/live-ticket';
import { totalsOf } from './doors-open.ts';
import { checkGateBooks, readTotals } from './gate-books.ts';
import type { RealtimeNode } from './load-site.ts';
import { planDoors } from './plan-doors.ts';
import { counted, equal } from './report.ts';
import { endWithinMs, type Scenario, settleMs } from './scenario.ts';
import { makeVenue } from './venue.ts';

/** The share of all scans after which the process dies: in the middle of the crowd. */
const killedAfter = 0.4;

/** It hangs for so long (ms) before: every device that scans then has a scan without an answer when its line is cut. */
const hangsForMs = 300;

const lookEveryMs = 100;

/** Several devices stand at one gate. */
const checkpointsMax = 50;

export const reconnectStorm: Scenario = {
  about:
    'all devices and walls are on one realtime process, which dies: they go to another at once',
  scale: { people: 12_000, gates: 500, minutes: 0.5, walls: 500, rate: 1 },
  needsWeb: false,
  async run({ site, scale, say, k6 }) {
    const { db, masterKey, secrets } = site;
    const { people, gates, walls } = scale;
    say(`${people} people get their passes`);
    const venue = await makeVenue(db, masterKey, {
      ...{ gates: Math.min(gates, checkpointsMax), devices: gates },
    });
    const durationMs = scale.minutes * 60_000;
    const plan = await planDoors(db, masterKey, venue, { people, durationMs });
    const planned = plan.byDevice.flat().length;
    const [first, second] = [await site.startRealtime(), await site.startRealtime()];
    const viewer = { eventId: venue.eventId, memberId: 'load' };
    site.write('scans', plan.byDevice);
    site.write('settings', {
      ...{ realtimeUrls: [first.url, second.url], walls, settleMs, durationMs, endWithinMs },
      deviceTokens: venue.devices.map(({ token }) => token),
      ticket: await signLiveTicket(viewer, secrets.CATRACA_SECRET, new Date()),
      totals: totalsOf(plan),
    });
    say(`k6: ${gates} devices and ${walls} walls on one of two processes`);
    const ended = new AbortController();
    const killed = killAt(db, first, planned * killedAfter, ended.signal);
    const result = await k6().finally(() => ended.abort());
    const judgedBefore = await killed;
    say(`${first.name} was killed after ${judgedBefore} scans`);
    const resent = counted(result, 'resent');
    return {
      k6: result,
      figures: [
        ['scans', String(counted(result, 'scans'))],
        ['scans in the log when the process died', String(judgedBefore)],
        ['scans open at that moment, sent again with their ids', String(resent)],
      ],
      books: [
        equal(
          'devices and walls that played to their end',
          gates + walls,
          counted(result, 'finished'),
        ),
        equal(
          'devices and walls that lost their line and came back',
          gates + walls,
          counted(result, 'reconnects'),
        ),
        equal('there were scans to send again', true, resent > 0),
        ...(await checkGateBooks(db, venue.eventId, plan)),
        equal('scans as walls count them', totalsOf(plan), await readTotals(db)),
      ],
    };
  },
};

/** @returns the scans in the log at that moment; 0 when the run ended before. */
async function killAt(
  db: Db,
  node: RealtimeNode,
  scans: number,
  ended: AbortSignal,
): Promise<number> {
  while (!ended.aborted) {
    const [row] = await db.$client<{ count: number }[]>`select count(*)::int as count from scans`;
    const count = row?.count ?? 0;
    if (count >= scans) {
      process.kill(node.pid, 'SIGSTOP');
      await pause(hangsForMs);
      node.kill();
      return count;
    }
    await pause(lookEveryMs);
  }
  return 0;
}

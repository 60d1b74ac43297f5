import { signLiveTicket } from '@catraca/domain/live-ticket';
import { checkGateBooks, readTotals } from './gate-books.ts';
import { planDoors, type DoorsPlan } from './plan-doors.ts';
import { counted, equal } from './report.ts';
import { endWithinMs, type Scenario, settleMs } from './scenario.ts';
import { makeVenue } from './venue.ts';

export const doorsOpen: Scenario = {
  about:
    'people come in an arrival curve to many gates, one scan in twenty is refused, of every kind',
  scale: { people: 50_000, gates: 100, minutes: 3, walls: 20, rate: 1 },
  needsWeb: false,
  async run({ site, scale, say, k6 }) {
    const { db, masterKey, secrets } = site;
    const { people, gates, walls } = scale;
    say(`${people} people get their passes`);
    const venue = await makeVenue(db, masterKey, { gates, devices: gates });
    const durationMs = scale.minutes * 60_000;
    const plan = await planDoors(db, masterKey, venue, { people, durationMs });
    const nodes = [await site.startRealtime(), await site.startRealtime()];
    const viewer = { eventId: venue.eventId, memberId: 'load' };
    site.write('scans', plan.byDevice);
    site.write('settings', {
      ...{ realtimeUrls: nodes.map(({ url }) => url), walls, settleMs, durationMs, endWithinMs },
      deviceTokens: venue.devices.map(({ token }) => token),
      ticket: await signLiveTicket(viewer, secrets.CATRACA_SECRET, new Date()),
      totals: totalsOf(plan),
    });
    say(`k6: ${gates} gates and ${walls} walls, ${scale.minutes} min of arrivals`);
    const result = await k6();
    return {
      k6: result,
      figures: [
        ['scans', String(counted(result, 'scans'))],
        ['of them refused', String(counted(result, 'refusals'))],
        ['answers "busy"', String(counted(result, 'busy'))],
      ],
      books: [
        equal(
          'devices and walls that played to their end',
          gates + walls,
          counted(result, 'finished'),
        ),
        ...(await checkGateBooks(db, venue.eventId, plan)),
        equal('scans as walls count them', totalsOf(plan), await readTotals(db)),
      ],
    };
  },
};

/** What walls must show when all is over. */
export function totalsOf({ byDevice, pairs }: Pick<DoorsPlan, 'byDevice' | 'pairs'>) {
  const totals = { admitted: pairs.length, exited: 0, refused: pairs.length };
  for (const { expected } of byDevice.flat()) {
    const [verdict, ...others] = expected;
    if (others.length > 0) continue;
    if (verdict === 'admitted' || verdict === 'exited') totals[verdict] += 1;
    else totals.refused += 1;
  }
  return totals;
}

import { signLiveTicket } from '@catraca/domain/live-ticket';
import { checkGateBooks, readTotals } from './gate-books.ts';
import type { RealtimeNode } from './load-site.ts';
import { planDoors, type DoorsPlan } from './plan-doors.ts';
import { counted, equal, type Finding } from './report.ts';
import type { K6Result } from './run-k6.ts';
import { type Bench, endWithinMs, settleMs } from './scenario.ts';
import { makeVenue } from './venue.ts';

export interface CrowdAtGates {
  readonly plan: DoorsPlan;
  /** Two realtime processes. Devices and walls begin at the first of those they are told of. */
  readonly nodes: readonly [RealtimeNode, RealtimeNode];
  /** What must be right when all is over. */
  checkBooks(result: K6Result): Promise<Finding[]>;
}

/** People with passes, a device for each of `scale.gates`, and two realtime processes: all of it written down for k6. */
export async function crowdAtGates(
  { site, scale, say }: Bench,
  checkpoints: number,
): Promise<CrowdAtGates> {
  const { db, masterKey, secrets } = site;
  const { people, gates, walls } = scale;
  say(`${people} people get their passes`);
  const venue = await makeVenue(db, masterKey, { gates: checkpoints, devices: gates });
  const durationMs = scale.minutes * 60_000;
  const plan = await planDoors(db, masterKey, venue, { people, durationMs });
  const nodes = [await site.startRealtime(), await site.startRealtime()] as const;
  const viewer = { eventId: venue.eventId, memberId: 'load' };
  site.write('scans', plan.byDevice);
  site.write('settings', {
    ...{ realtimeUrls: nodes.map(({ url }) => url), walls, settleMs, durationMs, endWithinMs },
    deviceTokens: venue.devices.map(({ token }) => token),
    ticket: await signLiveTicket(viewer, secrets.CATRACA_SECRET, new Date()),
    totals: totalsOf(plan),
  });
  const checkBooks = async (result: K6Result) => [
    equal('devices and walls that played to their end', gates + walls, counted(result, 'finished')),
    ...(await checkGateBooks(db, venue.eventId, plan)),
    equal('scans as walls count them', totalsOf(plan), await readTotals(db)),
  ];
  return { plan, nodes, checkBooks };
}

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

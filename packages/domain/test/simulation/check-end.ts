import { replayOccupancy, type PassId } from '../../src/index.ts';
import { checkPass, doublesOf, reportsOf } from './check-pass.ts';
import { printsIn } from './facts.ts';
import { areas, outside } from './scene.ts';
import { streams, type LoggedFact, type Store } from './store.ts';
import { Fault } from './truth.ts';
import { workingVenues, type World } from './world.ts';

/** After all trouble is over, both sites agree with each other and with what truly happened. */
export function checkEnd(world: World): void {
  const stores = [world.cloud, ...workingVenues(world)].map(({ store }) => store);
  const [cloud] = stores;
  if (cloud === undefined) return;
  checkNothingLost(world, stores);
  for (const store of stores) {
    if (store !== cloud) checkSame(world, cloud, store);
    checkOccupancy(store);
  }
  checkRefunds(world, cloud);
  checkCredentials(cloud);
  checkMedia(cloud);
  for (const [passId, log] of cloud.logs) {
    checkCrossings(log);
    checkPass(world, cloud, passId, log);
  }
}

/** What a device decided alone is at every site, unless only a site that is over had it. */
function checkQueued(world: World, cloud: Store, living: ReadonlySet<number>): void {
  for (const [scanId, sites] of world.truth.queued) {
    const isGone = sites.size > 0 && [...sites].every((site) => !living.has(site));
    if (!isGone && !cloud.verdicts.has(scanId)) throw new Fault('Y-61', `scan ${scanId} is lost`);
  }
}

/** Facts of sites that are not over are at every site. */
function checkNothingLost(world: World, stores: readonly Store[]): void {
  const living = new Set(stores.map(({ site }) => site.no));
  checkQueued(world, world.cloud.store, living);
  const facts = [...world.truth.salesFacts, ...world.truth.scanFacts];
  for (const store of stores) {
    const known = new Set<string>();
    for (const journal of store.journals.values()) {
      for (const stream of streams) {
        for (const [i, { no, id }] of journal[stream].entries()) {
          if (no !== i + 1) throw new Fault('Y-1', `fact ${no} stands at place ${i + 1}`);
          known.add(id);
        }
      }
    }
    const lost = facts.find(({ site, id }) => living.has(site) && !known.has(id));
    if (lost)
      throw new Fault('Y-5', `${lost.kind} ${lost.site}/${lost.no} is not at ${store.site.no}`);
  }
}

function checkSame(world: World, cloud: Store, venue: Store): void {
  same('Y-5', 'journals', idsOf(cloud), idsOf(venue));
  same('Y-50', 'passes', passesOf(cloud), passesOf(venue));
  same('Y-53', 'payments', refundsOf(cloud), refundsOf(venue));
  same('Y-20', 'authority', cloud.authority, venue.authority);
  same('Y-25', 'last crossings', sorted(cloud.heads), sorted(venue.heads));
  for (const passId of cloud.logs.keys()) {
    same('Y-24', 'conflicts', doublesOf(world, cloud, passId), doublesOf(world, venue, passId));
    same('Y-54', 'reports', reportsOf(world, cloud, passId), reportsOf(world, venue, passId));
  }
}

function same(rule: string, what: string, cloud: unknown, venue: unknown): void {
  const [here, there] = [textOf(cloud), textOf(venue)];
  if (here !== there) throw new Fault(rule, `${what} differ: ${here} and ${there}`);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  );
}

function sorted<Value>(map: ReadonlyMap<unknown, Value>): [string, Value][] {
  return [...map]
    .map(([key, value]): [string, Value] => [String(key), value])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const idsOf = (store: Store) =>
  sorted(store.journals)
    .map(([author, { sales, scans }]) => [
      author,
      sales.map(({ id }) => id),
      scans.map(({ id }) => id),
    ])
    .filter(([, sales, scans]) => `${sales}${scans}` !== '');
const passesOf = (store: Store) =>
  sorted(store.passes).map(([id, row]) => [
    id,
    row.typeNo,
    row.seat,
    row.status,
    row.name,
    row.mediumNo,
  ]);
const refundsOf = (store: Store) =>
  sorted(store.payments).map(([id, { site, refund }]) => [id, site, refund]);

/** The counters, which were moved scan by scan and merge by merge, are what the last crossings say. */
function checkOccupancy(store: Store): void {
  const inside = [...store.heads.values()].map(({ toArea }) => ({ fromArea: outside, toArea }));
  const counted = replayOccupancy(inside, outside);
  for (const area of areas) {
    const [is, ought] = [store.occupancy.get(area) ?? 0, counted.get(area) ?? 0];
    if (is !== ought) throw new Fault('Y-25', `${is} people are counted where ${ought} are`);
  }
}

/** What is asked of a site that goes on is carried out there. */
function checkRefunds(world: World, cloud: Store): void {
  const living = new Set([1, ...workingVenues(world).map(({ store }) => store.site.no)]);
  for (const [id, { site, refund }] of cloud.payments) {
    const truly = world.truth.sales.get(id)?.refunds ?? 0;
    if (refund === 'carried_out' && truly !== 1)
      throw new Fault('Y-53', `${id} went back ${truly} times`);
    if (refund === 'asked' && living.has(site))
      throw new Fault('Y-53', `${id} was asked back in vain`);
  }
}

function checkCredentials(cloud: Store): void {
  const passOf = new Map<number, PassId>();
  for (const { body } of [...cloud.journals.values()].flatMap(({ sales }) => sales)) {
    if (body.kind !== 'accredited') continue;
    const known = passOf.get(body.person) ?? body.passId;
    if (known !== body.passId) throw new Fault('Y-40', `person ${body.person} has two credentials`);
    passOf.set(body.person, known);
  }
}

/** As the database's unique key has it. */
function checkCrossings(log: readonly LoggedFact[]): void {
  const seen = new Set<number>();
  for (const { crossing, passId } of log) {
    if (crossing === null) continue;
    const no = crossing.crossingNo;
    if (seen.has(no)) throw new Fault('A-10', `crossing ${passId}/${no} is there twice`);
    seen.add(no);
  }
}

function checkMedia(cloud: Store): void {
  const seen = new Set<string>();
  for (const { body } of [...cloud.journals.values()].flatMap(({ sales }) => sales)) {
    for (const { passId, mediumNo } of printsIn(body)) {
      const medium = `${passId}/${mediumNo}`;
      if (seen.has(medium)) throw new Fault('Y-52', `medium ${medium} was made twice`);
      seen.add(medium);
    }
  }
}

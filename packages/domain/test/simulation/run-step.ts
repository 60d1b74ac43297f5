import { handOver, takeOver, type PassId } from '../../src/index.ts';
import { newDevice, refresh, scan, sendAgain, upload } from './device.ts';
import { beginExchange, catchUp, cutMessage, exchangeNow, pairAnew, receive } from './exchange.ts';
import { printsIn, type Print } from './facts.ts';
import type { Attempt } from './judge.ts';
import { accredit, endPass, reissue, rename, scansTaken } from './passes.ts';
import { askForUnits, give, hold, payHold, plan, refund, releaseHold } from './sales.ts';
import { credentialTypes, gate, hourMs, soldTypes, stageDoor } from './scene.ts';
import type { Step } from './steps.ts';
import { copyStore, scansNoOf, type Store } from './store.ts';
import { start, transact, writeSales } from './transact.ts';
import {
  addMachine,
  newScanId,
  workingVenues,
  writeMark,
  type Image,
  type Machine,
  type World,
} from './world.ts';

const devicesCount = 6;
const people = 3;
const minuteMs = 60_000;

/** An ordinary morning: some is sold at both sites, people are accredited, the devices are loaded. */
export function openDoors(world: World): void {
  const [venue] = world.venues;
  if (venue === undefined) return;
  for (let no = 0; no < devicesCount; no++) world.devices.push(newDevice(no));
  for (const typeNo of soldTypes.keys()) {
    for (const units of [1, 2]) give(world, world.cloud.store, typeNo, units);
  }
  catchUp(world, venue);
  for (const { store } of [world.cloud, venue]) {
    for (const typeNo of soldTypes.keys()) {
      hold(store, typeNo, 1);
      payHold(world, store, 0);
    }
  }
  accredit(world, world.cloud.store, 0, soldTypes.length);
  catchUp(world, venue);
  writeMark(venue);
  for (const device of world.devices) refresh(world, device);
}

const pick = <Item>(items: readonly Item[], no: number): Item | undefined =>
  items[no % Math.max(1, items.length)];

/** The machine a step is about: the cloud, or one of those that work as the venue. */
function machineOf(world: World, { site, c }: Step): Machine | undefined {
  return site === 0 ? world.cloud : pick(workingVenues(world), c);
}

/** Steps on a site's database: one transaction each. */
const transactions: Partial<
  Record<Step['kind'], (world: World, store: Store, step: Step) => void>
> = {
  hold: (_, store, { a, b }) => hold(store, a % soldTypes.length, 1 + (b % 2)),
  pay: (world, store, { a }) => payHold(world, store, a),
  release: (_, store, { a }) => releaseHold(store, a),
  refund: (world, store, { a }) => {
    const paymentId = pick([...store.payments.keys()], a);
    if (paymentId !== undefined) refund(world, store, paymentId);
  },
  revoke: (world, store, { a }) => withPass(store, a, (id) => endPass(world, store, id, 'revoked')),
  rename: (world, store, { a }) => withPass(store, a, (id) => rename(world, store, id)),
  reissue: (world, store, { a }) => withPass(store, a, (id) => reissue(world, store, id)),
  accredit: (world, store, { a, b }) =>
    accredit(world, store, a % people, soldTypes.length + (b % credentialTypes.length)),
  askForUnits: (world, store, { a }) => askForUnits(world, store, a % soldTypes.length),
  handOver: (world, store) => {
    const { partner, site, authority } = store;
    if (partner === null) return;
    const handed = handOver(authority, site, partner, [
      { site: site.no, scansNo: scansNoOf(store)(site.no) },
      ...scansTaken(store).filter((scans) => scans.site !== partner.no),
    ]);
    if ('refused' in handed) return;
    store.authority = handed;
    writeSales(world, store, { kind: 'authority', authority: handed });
  },
  takeOver: (world, store) => takeAuthority(world, store),
};

export function takeAuthority(world: World, store: Store): void {
  const taken = takeOver(store.authority, store.site, scansNoOf(store));
  if ('refused' in taken) return;
  store.authority = taken;
  writeSales(world, store, { kind: 'authority', authority: taken });
}

function withPass(store: Store, no: number, act: (passId: PassId) => void): void {
  const passId = pick([...store.passes.keys()], no);
  if (passId !== undefined && store.passes.get(passId)?.typeNo !== null) act(passId);
}

/** Everything else that can happen. */
const happenings: Partial<Record<Step['kind'], (world: World, step: Step) => void>> = {
  plan: (world, { a, luck }) => {
    transact(world, world.cloud, luck, (store) => plan(world, store, a % soldTypes.length, luck));
  },
  exchange: (world, { a, luck }) => {
    const venue = pick(workingVenues(world), a);
    if (venue !== undefined && world.isConnected) beginExchange(world, venue, luck);
  },
  deliver: (world, step) => deliver(world, step),
  drop: (world, { a }) => {
    world.messages.splice(a % Math.max(1, world.messages.length), 1);
  },
  cutCable: (world) => {
    world.isConnected = false;
  },
  mendCable: (world) => {
    world.isConnected = true;
  },
  scan: (world, step) => readCode(world, step),
  sendAgain: (world, { a, luck }) => withDevice(world, a, (one) => sendAgain(world, one, luck)),
  upload: (world, { a, luck }) => withDevice(world, a, (one) => upload(world, one, luck)),
  moveDevice: (world, { a, b }) =>
    withDevice(world, a, (one) => {
      one.reaches = ([0, 1, null] as const)[b % 3] ?? null;
    }),
  refreshDevice: (world, { a }) => withDevice(world, a, (one) => refresh(world, one)),
  setClock: (world, step) => {
    const clock = step.luck < 50 ? pick(world.devices, step.a) : machineOf(world, step);
    if (clock === undefined) return;
    clock.clockOffset = ((step.b % 9) - 4) * 0.5 * hourMs;
    world.areClocksRight = false;
  },
  crash: (world, step) => {
    const machine = machineOf(world, step);
    if (machine !== undefined) start(world, machine);
  },
  crashDevice: (world, { a }) =>
    withDevice(world, a, (one) => {
      one.unanswered = null;
    }),
  backUp: (world, { a }) => {
    const venue = pick(workingVenues(world), a);
    if (venue !== undefined) world.backup = imageOf(world, venue);
  },
  // The database alone: its mark is in a file beside it, and stays.
  restoreBackup: (world, { a }) => {
    const venue = pick(workingVenues(world), a);
    if (venue === undefined || world.backup === null) return;
    venue.store = copyStore(world.backup.store);
    venue.isHonest = false;
    start(world, venue);
  },
  copyDatabase: (world) => {
    if (world.backup === null) return;
    start(world, addMachine(world, { ...copyOf(world.backup), mark: null }));
  },
  takeImage: (world, { a }) => {
    const venue = pick(workingVenues(world), a);
    if (venue !== undefined) world.image = imageOf(world, venue);
  },
  startImage: (world) => startImage(world, null),
  rollBack: (world, { a }) => startImage(world, pick(workingVenues(world), a) ?? null),
  pairAnew: (world) => {
    if (workingVenues(world).length === 0 && world.isConnected) pairAnew(world);
  },
  night: (world) => {
    world.now += 10 * hourMs;
  },
};

export function runStep(world: World, step: Step): void {
  world.now += (step.luck % 10) * minuteMs;
  const work = transactions[step.kind];
  if (work === undefined) return happenings[step.kind]?.(world, step);
  const machine = machineOf(world, step);
  if (machine !== undefined)
    transact(world, machine, step.luck, (store) => work(world, store, step));
}

/** A message arrives: any of those on their way, now and then cut short, or twice. */
function deliver(world: World, { a, b, luck }: Step): void {
  if (!world.isConnected) return;
  const index = a % 3 === 0 ? a % Math.max(1, world.messages.length) : 0;
  const message = world.messages[index];
  if (message === undefined) return;
  const comesTwice = b % 10 === 0;
  if (!comesTwice) world.messages.splice(index, 1);
  receive(world, b % 10 === 1 ? cutMessage(message, luck % 12) : message, luck);
}

function withDevice(
  world: World,
  no: number,
  act: (device: World['devices'][number]) => void,
): void {
  const device = pick(world.devices, no);
  if (device !== undefined) act(device);
}

/** Somebody holds a code to a reader: of a pass that was ever made, mostly the newest print of it. */
function readCode(world: World, { a, b, c, luck }: Step): void {
  const device = pick(world.devices, a);
  const prints = printsOf(world);
  // Mostly of a few passes, so that the same one comes to several gates.
  const print = pick(prints, c % 4 === 0 ? b : b % 5);
  if (device === undefined || print === undefined) return;
  const attempt: Attempt = {
    scanId: newScanId(world),
    ...print,
    checkpointId: c % 5 === 0 ? stageDoor : gate,
    direction: c % 3 === 0 ? 'exit' : 'entry',
  };
  scan(world, device, attempt, luck);
}

/** The codes people have: each sale, grant and reissue made one. */
function printsOf(world: World): readonly Print[] {
  return world.truth.salesFacts.flatMap(({ body }) => printsIn(body));
}

function imageOf(world: World, { store, mark }: Machine): Image {
  return { store: copyStore(store), mark, exchanges: world.exchanges };
}

function copyOf(image: Image): Image {
  return { ...image, store: copyStore(image.store) };
}

/**
 * An image of the whole machine is started, beside the venue or in its place. It cannot tell that it is one. So it is only done where the venue
 * had exchanged since: what it would do before, nothing could see (SPEC Y-33). What starts, and reaches the cloud, asks it before it works.
 */
function startImage(world: World, inPlaceOf: Machine | null): void {
  const { image } = world;
  if (image === null || !world.isConnected || world.exchanges < image.exchanges + 2) return;
  if (inPlaceOf !== null) inPlaceOf.mayWork = false;
  const machine = addMachine(world, copyOf(image));
  start(world, machine);
  if (machine.mayWork) exchangeNow(world, machine);
}

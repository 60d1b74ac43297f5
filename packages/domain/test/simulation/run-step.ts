import { handOver, takeOver } from '../../src/index.ts';
import { machineOf, pick, withPass } from './choose.ts';
import { refresh, scan, sendAgain, upload } from './device.ts';
import { disasters } from './disasters.ts';
import { beginExchange, cutMessage, receive } from './exchange.ts';
import { printsIn, type Print } from './facts.ts';
import type { Attempt } from './judge.ts';
import { accredit, endPass, reissue, rename, scansTaken } from './passes.ts';
import { askForUnits, hold, payHold, plan, refund, releaseHold } from './sales.ts';
import { credentialTypes, gate, hourMs, soldTypes, stageDoor } from './scene.ts';
import type { Step } from './steps.ts';
import { scansNoOf, type Store } from './store.ts';
import { transact, writeSales } from './transact.ts';
import { newScanId, workingVenues, type World } from './world.ts';

const people = 3;
const minuteMs = 60_000;

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
      one.reaches = ([0, 1, null, null] as const)[b % 4] ?? null;
    }),
  refreshDevice: (world, { a }) => withDevice(world, a, (one) => refresh(world, one)),
  setClock: (world, step) => {
    const clock = step.luck < 50 ? pick(world.devices, step.a) : machineOf(world, step);
    if (clock === undefined) return;
    clock.clockOffset = ((step.b % 9) - 4) * 0.5 * hourMs;
    world.areClocksRight = false;
  },
  ...disasters,
  crashDevice: (world, { a }) =>
    withDevice(world, a, (one) => {
      one.unanswered = null;
    }),
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

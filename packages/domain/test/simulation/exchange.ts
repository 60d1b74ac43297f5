import { proposeSeal, sealAnswered, type SealProof } from '../../src/index.ts';
import {
  after,
  cursorsOf,
  cutParcel,
  parcelFor,
  takeParcel,
  type Cursors,
  type Parcel,
} from './parcel.ts';
import { transact } from './transact.ts';
import { Fault } from './truth.ts';
import {
  addVenue,
  random,
  workingVenues,
  type Machine,
  type Message,
  type World,
} from './world.ts';

export interface Request {
  readonly site: number;
  readonly proof: SealProof;
  readonly cursors: Cursors;
  readonly parcel: Parcel | null;
}

export interface Answer {
  readonly cursors: Cursors;
  readonly parcel: Parcel;
}

const roundsMax = 200;
/** A venue begins an exchange: the seal it proposes is stored before it is sent. */
export function beginExchange(world: World, machine: Machine, luck: number): void {
  const message = transact(world, machine, luck, (store): Message => {
    const proof = proposeSeal(store.seals, random(world));
    store.seals = { ...store.seals, ...proof };
    const parcel = machine.cloudHas && parcelFor(world, store, 1, machine.cloudHas);
    // It goes on where this one ends, without waiting for the answer.
    if (parcel !== null) machine.cloudHas = after(machine.cloudHas ?? new Map(), parcel);
    const body = { site: store.site.no, proof, cursors: cursorsOf(store), parcel };
    return { to: 'cloud', from: machine, boot: machine.boots, body };
  });
  if (message !== undefined) world.messages.push(message);
}

/** A message arrives, or the first part of it. */
export function receive(world: World, message: Message, luck: number): void {
  if (message.to === 'cloud') return receiveRequest(world, message, luck);
  const machine = message.to;
  // The connection it came on is gone.
  if (machine.boots !== message.boot || !machine.mayWork) return;
  const { body, proof } = message;
  if (body === 'fenced') {
    transact(world, machine, luck, (store) => {
      store.seals = sealAnswered(store.seals, proof, 'fenced');
    });
    if (!machine.store.seals.fenced) return;
    if (machine.isHonest) throw new Fault('Y-30', 'an honest venue was fenced');
    machine.mayWork = false;
    return;
  }
  transact(world, machine, luck, (store) => {
    store.seals = sealAnswered(store.seals, proof, 'confirmed');
    takeParcel(world, store, body.parcel);
  });
  if (machine.boots === message.boot) machine.cloudHas = body.cursors;
}

function receiveRequest(
  world: World,
  { from, boot, body }: Extract<Message, { to: 'cloud' }>,
  luck: number,
): void {
  const answer = transact(world, world.cloud, luck, (store): Answer | 'fenced' => {
    const licence = store.licences.get(body.site);
    const proved = licence && world.core.proveLicence(licence, body.proof);
    if (proved?.kind !== 'confirmed') {
      const over = licence && !world.core.sparesTheLicence && { ...licence, fenced: true };
      if (over) store.licences.set(body.site, over);
      return 'fenced';
    }
    if (licence?.next !== proved.licence.next) world.exchanges += 1;
    store.licences.set(body.site, proved.licence);
    if (body.parcel !== null) takeParcel(world, store, body.parcel);
    return { cursors: cursorsOf(store), parcel: parcelFor(world, store, body.site, body.cursors) };
  });
  if (answer === undefined) return;
  world.messages.push({ to: from, boot, proof: body.proof, body: answer });
}

/** What is left of a message whose line was cut. */
export function cutMessage(message: Message, keep: number): Message {
  if (message.to === 'cloud') {
    const { parcel } = message.body;
    const body = { ...message.body, parcel: parcel && cutParcel(parcel, keep) };
    return { ...message, body };
  }
  if (message.body === 'fenced') return message;
  return { ...message, body: { ...message.body, parcel: cutParcel(message.body.parcel, keep) } };
}

/** An exchange without any trouble, at once; what else is on its way stays there. */
export function exchangeNow(world: World, machine: Machine): void {
  const steady = 99;
  const others = world.messages;
  world.messages = [];
  beginExchange(world, machine, steady);
  for (let message = world.messages.pop(); message; message = world.messages.pop()) {
    receive(world, message, steady);
  }
  world.messages = others;
}

/**
 * A venue in place of one that is over works once it has all that the cloud has: it must not number again what is numbered, and
 * it must know who judges.
 */
export function pairAnew(world: World): void {
  const venue = addVenue(world);
  if (world.core.newVenueCatchesUp) catchUp(world, venue);
}

/** Exchanges until neither side has anything new. */
export function catchUp(world: World, venue: Machine): void {
  for (let round = 0; ; round++) {
    if (round > roundsMax) throw new Fault('Y-5', 'the sites do not come to an end');
    exchangeNow(world, venue);
    if (!venue.mayWork || isQuiet(world)) return;
  }
}

/** Whether both have all facts of each other. */
export function isQuiet(world: World): boolean {
  return workingVenues(world).every(({ store }) => {
    const [here, there] = [cursorsOf(store), cursorsOf(world.cloud.store)];
    return [...new Set([...here.keys(), ...there.keys()])].every(
      (key) => (here.get(key)?.no ?? 0) === (there.get(key)?.no ?? 0),
    );
  });
}

import {
  checkCursor,
  proposeSeal,
  sealAnswered,
  type Cursor,
  type Fact,
  type FactBatch,
  type SealProof,
} from '../../src/index.ts';
import { applySales } from './apply.ts';
import { applyScan } from './judge.ts';
import { cursorOf, journalOf, streams, type Store, type Stream } from './store.ts';
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

/** Where a reader is in each stream, by `author stream`. */
export type Cursors = ReadonlyMap<string, Cursor>;

interface Piece extends FactBatch<unknown> {
  readonly author: number;
  readonly stream: Stream;
}

/** What one site sends another of the facts it has: sales first, scans once all sales are there. */
interface Parcel {
  readonly pieces: readonly Piece[];
  /** The last sale of each author the sender had: its scans may rest on them. */
  readonly salesNos: ReadonlyMap<number, number>;
}

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

const factsPerPiece = 2;
const roundsMax = 200;
const nothing: Parcel = { pieces: [], salesNos: new Map() };

function cursorsOf(store: Store): Cursors {
  const cursors = new Map<string, Cursor>();
  for (const author of store.journals.keys()) {
    for (const stream of streams) {
      cursors.set(`${author} ${stream}`, cursorOf(store, author, stream));
    }
  }
  return cursors;
}

/** What a reader with these cursors does not have; of its own facts it has all. */
function parcelFor(world: World, store: Store, reader: number, cursors: Cursors): Parcel {
  const salesNos = new Map<number, number>();
  const pieces: Piece[] = [];
  let scansMayGo = true;
  for (const stream of streams) {
    for (const [author, journal] of store.journals) {
      if (author === reader || (stream === 'scans' && !scansMayGo)) continue;
      const last = cursorOf(store, author, stream);
      const cursor = cursors.get(`${author} ${stream}`) ?? { no: 0, id: null };
      const facts: readonly Fact<unknown>[] = journal[stream];
      if (checkCursor(cursor, last, facts[cursor.no - 1]?.id ?? null) === 'other_history') {
        return nothing;
      }
      const some = facts.slice(cursor.no, cursor.no + factsPerPiece);
      if (stream === 'sales') {
        salesNos.set(author, last.no);
        scansMayGo &&= cursor.no + some.length === last.no || !world.core.salesComeFirst;
      }
      if (some.length > 0) pieces.push({ author, stream, afterId: cursor.id, facts: some });
    }
  }
  return { pieces, salesNos };
}

/** The transaction that takes what came: facts, what follows from them, and how far they go. */
function takeParcel(world: World, store: Store, parcel: Parcel): void {
  for (const piece of parcel.pieces) {
    if (piece.stream === 'scans' && world.core.salesComeFirst && !hasSales(store, parcel)) return;
    const cursor = cursorOf(store, piece.author, piece.stream);
    const taken = world.core.takeFacts(cursor, piece);
    if (taken.kind !== 'fresh') continue;
    for (const fact of taken.facts) takeFact(world, store, piece, fact);
  }
}

function hasSales(store: Store, { salesNos }: Parcel): boolean {
  return [...salesNos].every(([author, no]) => cursorOf(store, author, 'sales').no >= no);
}

function takeFact(world: World, store: Store, piece: Piece, fact: Fact<unknown>): void {
  const journal = journalOf(store, piece.author);
  if (piece.stream === 'sales') {
    const sale = fact as (typeof journal.sales)[number];
    journal.sales.push(sale);
    applySales(world, store, sale);
  } else {
    const scan = fact as (typeof journal.scans)[number];
    journal.scans.push(scan);
    applyScan(world, store, scan.site, scan.no, scan.body);
  }
}

/** Where a reader is that took this. */
function after(cursors: Cursors, { pieces }: Parcel): Cursors {
  const ends = pieces.flatMap(({ author, stream, facts }) => {
    const last = facts.at(-1);
    return last ? [[`${author} ${stream}`, { no: last.no, id: last.id }] as const] : [];
  });
  return new Map([...cursors, ...ends]);
}

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

/** What is left of a message whose line was cut: its pieces up to some byte. */
export function cutMessage(message: Message, keep: number): Message {
  if (message.to === 'cloud') {
    const { parcel } = message.body;
    const body = { ...message.body, parcel: parcel && cutParcel(parcel, keep) };
    return { ...message, body };
  }
  if (message.body === 'fenced') return message;
  return { ...message, body: { ...message.body, parcel: cutParcel(message.body.parcel, keep) } };
}

function cutParcel(parcel: Parcel, keep: number): Parcel {
  let left = keep;
  const pieces = parcel.pieces.map((piece) => {
    const facts = piece.facts.slice(0, left);
    left = Math.max(0, left - piece.facts.length);
    return { ...piece, facts };
  });
  return { ...parcel, pieces };
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

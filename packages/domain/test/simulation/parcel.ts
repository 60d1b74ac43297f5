import { checkCursor, type Cursor, type Fact, type FactBatch } from '../../src/index.ts';
import { applySales } from './apply.ts';
import { applyScan } from './judge.ts';
import { cursorOf, journalOf, streams, type Store, type Stream } from './store.ts';
import type { World } from './world.ts';

/** Where a reader is in each stream, by `author stream`. */
export type Cursors = ReadonlyMap<string, Cursor>;

interface Piece extends FactBatch<unknown> {
  readonly author: number;
  readonly stream: Stream;
}

/** What one site sends another of the facts it has: sales first, scans once all sales are there. */
export interface Parcel {
  readonly pieces: readonly Piece[];
  /** The last sale of each author the sender had: its scans may rest on them. */
  readonly salesNos: ReadonlyMap<number, number>;
}

const factsPerPiece = 2;
const nothing: Parcel = { pieces: [], salesNos: new Map() };

export function cursorsOf(store: Store): Cursors {
  const cursors = new Map<string, Cursor>();
  for (const author of store.journals.keys()) {
    for (const stream of streams) {
      cursors.set(`${author} ${stream}`, cursorOf(store, author, stream));
    }
  }
  return cursors;
}

/** What a reader with these cursors does not have; of its own facts it has all. */
export function parcelFor(world: World, store: Store, reader: number, cursors: Cursors): Parcel {
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
export function takeParcel(world: World, store: Store, parcel: Parcel): void {
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
export function after(cursors: Cursors, { pieces }: Parcel): Cursors {
  const ends = pieces.flatMap(({ author, stream, facts }) => {
    const last = facts.at(-1);
    return last ? [[`${author} ${stream}`, { no: last.no, id: last.id }] as const] : [];
  });
  return new Map([...cursors, ...ends]);
}

/** What is left of it whose line was cut: its pieces up to some byte. */
export function cutParcel(parcel: Parcel, keep: number): Parcel {
  let left = keep;
  const pieces = parcel.pieces.map((piece) => {
    const facts = piece.facts.slice(0, left);
    left = Math.max(0, left - piece.facts.length);
    return { ...piece, facts };
  });
  return { ...parcel, pieces };
}

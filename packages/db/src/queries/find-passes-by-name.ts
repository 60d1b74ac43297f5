import { foldForSearch } from '@catraca/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { findPeople } from '../personal/find-people.ts';
import { idArray } from '../rows.ts';
import { media, passes, passTypes, persons, seats } from '../schema/index.ts';

/** Matches shown to a person at a gate: with more, a longer name is asked for. */
export const passesByNameMax = 20;

/**
 * Passes of an event in whose holder's name each word of `text` is found: names with a word that begins so come first,
 * then in the order of names. `number` is the pass's barcode number, which a gate scans like any code; null when it has none.
 */
export async function findPassesByName(db: DbOrTx, eventId: bigint, text: string) {
  const { people } = await findPeople(db, eventId, text, 'holders');
  const holders = await holdersOf(db, rankByName(people, text));
  if (holders.length === 0) return [];
  const ranks = new Map(holders.map(({ id }, rank) => [id, rank]));
  const rows = await db
    .select({
      holderId: passes.holderId,
      passId: passes.id,
      number: media.code,
      status: passes.status,
      holderName: persons.name,
      typeName: passTypes.name,
      typeColour: passTypes.colour,
      seat: { section: seats.section, row: seats.row, number: seats.number },
    })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(seats, eq(seats.id, passes.seatId))
    .leftJoin(
      media,
      and(eq(media.passId, passes.id), eq(media.kind, 'barcode'), eq(media.state, 'active')),
    )
    .where(sql`${passes.holderId} = any(${idArray([...ranks.keys()])})`);
  return rows
    .sort(
      (a, b) =>
        (ranks.get(a.holderId) ?? 0) - (ranks.get(b.holderId) ?? 0) || compare(a.passId, b.passId),
    )
    .slice(0, passesByNameMax)
    .map(({ holderId: _, passId: __, ...row }) => row);
}

type Named = { id: bigint; name: string };

/** Those whose name, and not e-mail, has the words. */
function rankByName(people: readonly Named[], text: string): Named[] {
  const words = foldForSearch(text).split(' ');
  const begins = (folded: string) => words.some((word) => folded.includes(` ${word}`));
  return people
    .map(({ id, name }) => ({ id, name, folded: ` ${foldForSearch(name)}` }))
    .filter(({ folded }) => words.every((word) => folded.includes(word)))
    .sort(
      (a, b) =>
        Number(begins(b.folded)) - Number(begins(a.folded)) ||
        compare(a.folded, b.folded) ||
        compare(a.id, b.id),
    );
}

/** The first of these who hold a pass; whoever only bought has none. */
async function holdersOf(db: DbOrTx, ranked: readonly Named[]): Promise<Named[]> {
  const rows = await db
    .select({ id: passes.holderId })
    .from(passes)
    .where(sql`${passes.holderId} = any(${idArray(ranked.map(({ id }) => id))})`);
  const holding = new Set(rows.map(({ id }) => id));
  return ranked.filter(({ id }) => holding.has(id)).slice(0, passesByNameMax);
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

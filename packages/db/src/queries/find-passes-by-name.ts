import { and, asc, desc, eq, like, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { media, passes, passTypes, persons, seats } from '../schema/index.ts';

/** Matches shown to a person at a gate: with more, a longer name is asked for. */
export const passesByNameMax = 20;

/**
 * Passes of an event whose holder's name has all of these words in it: names with a word that begins so come first,
 * then in the order of names. `words` are folded as `foldForSearch` does. `number` is the pass's barcode number, which a gate scans like any code; null when it has none.
 */
export async function findPassesByName(db: DbOrTx, eventId: bigint, words: readonly string[]) {
  const begins = words.map(
    (word) => sql`' ' || ${persons.nameSearch} like ${`% ${escapeLike(word)}%`}`,
  );
  return db
    .select({
      number: media.code,
      status: passes.status,
      holderName: persons.name,
      typeName: passTypes.name,
      typeColour: passTypes.colour,
      seat: { section: seats.section, row: seats.row, number: seats.number },
    })
    .from(persons)
    .innerJoin(passes, eq(passes.holderId, persons.id))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(seats, eq(seats.id, passes.seatId))
    .leftJoin(
      media,
      and(eq(media.passId, passes.id), eq(media.kind, 'barcode'), eq(media.state, 'active')),
    )
    .where(
      and(
        eq(persons.eventId, eventId),
        ...words.map((word) => like(persons.nameSearch, `%${escapeLike(word)}%`)),
      ),
    )
    .orderBy(desc(sql.join(begins, sql` or `)), asc(persons.nameSearch), asc(passes.id))
    .limit(passesByNameMax);
}

/** `%` and `_` are letters of a name here. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

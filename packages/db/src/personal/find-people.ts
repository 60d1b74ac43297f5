import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { persons } from '../schema/index.ts';
import { gramsOfQuery, isFoundIn } from './search-grams.ts';

/** People that are opened for one search: some 10 ms. Whoever is looked for among more is named by another word. */
export const peopleOpenedMax = 1_000;

export interface FoundPeople {
  people: { id: bigint; name: string; email: string | null }[];
  /** More have the grams than are opened: only some of them were looked at. */
  cut: boolean;
}

/**
 * An event's people in whose name or e-mail each word of `text` is found (`isFoundIn`), the latest first. The database finds whom the grams
 * fit, and this process opens them and looks whether they are meant.
 */
export async function findPeople(db: DbOrTx, eventId: bigint, text: string): Promise<FoundPeople> {
  const grams = gramsOfQuery(text);
  if (grams.length === 0) return { people: [], cut: false };
  // Not the latest of them: a common piece is in a hundred thousand, which would all be sorted to be cut.
  const candidates = sql`(select ${persons.id} from ${persons}
    where ${persons.eventId} = ${eventId} and ${persons.searchIndex} @> ${`{${grams.join(',')}}`}::int[] limit ${peopleOpenedMax + 1})`;
  const opened = await db
    .select({ id: persons.id, name: persons.name, email: persons.email })
    .from(persons)
    .where(sql`${persons.id} in ${candidates}`)
    .orderBy(sql`${persons.id} desc`);
  const cut = opened.length > peopleOpenedMax;
  const people = opened
    .slice(0, peopleOpenedMax)
    .filter(({ name, email }) => isFoundIn(`${name} ${email ?? ''}`, text));
  return { people, cut };
}

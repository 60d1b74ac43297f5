import { sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { passes, persons } from '../schema/index.ts';
import { gramsOfQuery, isFoundIn } from './search-grams.ts';

/** People that are opened for one search: some 10 ms. */
export const peopleOpenedMax = 1_000;

export interface FoundPeople {
  people: { id: bigint; name: string; email: string | null }[];
  /** More have the grams than are opened: only some of them were looked at. */
  cut: boolean;
}

/** All of an event, or only those who hold a pass: whoever buys with their own name is there twice. */
type Among = 'all' | 'holders';

/**
 * An event's people in whose name or e-mail each word of `text` is found (`isFoundIn`), the latest first. The database finds whom the grams
 * fit, and this process opens them and looks whether they are meant.
 */
export async function findPeople(
  db: DbOrTx,
  eventId: bigint,
  text: string,
  among: Among = 'all',
): Promise<FoundPeople> {
  const fit = gramsFit(text);
  if (!fit) return { people: [], cut: false };
  const holds = sql`and exists (select from ${passes} where ${passes.holderId} = ${persons.id})`;
  // Not the latest of them: a common piece is in a hundred thousand, which would all be sorted to be cut.
  const candidates = sql`(select ${persons.id} from ${persons}
    where ${persons.eventId} = ${eventId} and ${fit} ${among === 'holders' ? holds : sql``} limit ${peopleOpenedMax + 1})`;
  const opened = await db
    .select({ id: persons.id, name: persons.name, email: persons.email })
    .from(persons)
    .where(sql`${persons.id} in ${candidates}`)
    .orderBy(sql`${persons.id} desc`);
  const people = opened.slice(0, peopleOpenedMax).filter((person) => isMeant(person, text));
  return { people, cut: opened.length > peopleOpenedMax };
}

/** Whom the grams of a text fit, of the `persons` of a statement. Undefined: it says nothing to search by. */
export function gramsFit(text: string): SQL | undefined {
  const grams = gramsOfQuery(text);
  if (grams.length === 0) return undefined;
  return sql`${persons.searchIndex} @> ${`{${grams.join(',')}}`}::int[]`;
}

/** Whether somebody whom the grams fit is meant. */
export function isMeant(
  { name, email }: { name: string; email: string | null },
  text: string,
): boolean {
  return isFoundIn(`${name} ${email ?? ''}`, text);
}

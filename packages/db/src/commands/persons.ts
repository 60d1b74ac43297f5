import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { idArray, insertRows, rowSet } from '../rows.ts';
import { sealPersonal } from '../personal/personal-keys.ts';
import { searchGrams } from '../personal/search-grams.ts';
import { persons } from '../schema/index.ts';
import { at, takeIds } from './ids.ts';

export interface PersonInput {
  name: string;
  email: string | null;
}

/** What is written of somebody new. */
export function personRow(id: bigint, eventId: bigint, { name, email }: PersonInput) {
  return { id, eventId, ...whoItIs({ name, email }) };
}

/** A person's own columns. */
export function whoItIs({ name, email }: PersonInput) {
  const own = { name: tidy(name), email: email?.trim() ?? null };
  return { ...own, searchIndex: searchGrams(`${own.name} ${own.email ?? ''}`) };
}

/** Writes people of an event. @returns their ids, in the order given. */
export async function insertPersons(
  tx: Tx,
  eventId: bigint,
  people: readonly PersonInput[],
): Promise<bigint[]> {
  const ids = await takeIds(tx, people.length);
  await insertRows(
    tx,
    persons,
    people.map((person, index) => personRow(at(ids, index), eventId, person)),
  );
  return ids;
}

/** Gives people other names; an e-mail is changed only where one is given. */
export async function updatePersons(
  tx: Tx,
  people: readonly { id: bigint; name: string; email?: string }[],
): Promise<void> {
  if (people.length === 0) return;
  const known = await tx
    .select({ id: persons.id, email: persons.email })
    .from(persons)
    .where(sql`${persons.id} = any(${idArray(people.map(({ id }) => id))})`)
    .orderBy(persons.id)
    .for('no key update');
  const emails = new Map(known.map(({ id, email }) => [id, email]));
  const rows = people.map(({ id, name, email }) => {
    const own = whoItIs({ name, email: email ?? emails.get(id) ?? null });
    return {
      id,
      name: sealPersonal(Buffer.from(own.name)),
      email: own.email === null ? null : sealPersonal(Buffer.from(own.email)),
      search: own.searchIndex,
    };
  });
  await tx.execute(sql`
    update ${persons} set name = given.name, email = given.email, search_index = given.search,
      name_version = name_version + 1, name_site = (select number from sites where is_local)
    from ${rowSet('given', { id: 'bigint', name: 'bytea', email: 'bytea', search: 'integer[]' }, rows)}
    where persons.id = given.id and persons.erased_at is null`);
}

function tidy(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ');
}

import { foldForSearch } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { insertRows, rowSet } from '../rows.ts';
import { persons } from '../schema/index.ts';
import { at, takeIds } from './ids.ts';

export interface PersonInput {
  name: string;
  email: string | null;
}

/** What is written of somebody new. */
export function personRow(id: bigint, eventId: bigint, { name, email }: PersonInput) {
  return {
    id,
    eventId,
    name: tidy(name),
    email: email?.trim() ?? null,
    nameSearch: foldForSearch(name),
  };
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
  const rows = people.map(({ id, name, email }) => ({
    id,
    name: tidy(name),
    email: email?.trim() ?? null,
    search: foldForSearch(name),
  }));
  await tx.execute(sql`
    update ${persons} set name = given.name, name_search = given.search, email = coalesce(given.email, persons.email),
      name_version = name_version + 1, name_site = (select number from sites where is_local)
    from ${rowSet('given', { id: 'bigint', name: 'text', email: 'text', search: 'text' }, rows)}
    where persons.id = given.id`);
}

function tidy(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ');
}

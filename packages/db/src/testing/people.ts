import type { Db } from '../client.ts';
import { type PersonInput, personRow } from '../commands/persons.ts';
import { insertRows } from '../rows.ts';
import { persons } from '../schema/index.ts';

/** Writes people with ids that the caller chose, sealed and with their grams as all are. */
export async function loadPeople(
  db: Db,
  eventId: bigint,
  people: readonly (PersonInput & { id: bigint })[],
): Promise<void> {
  await insertRows(
    db,
    persons,
    people.map(({ id, ...person }) => personRow(id, eventId, person)),
  );
}

import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { forgetAllAbout } from '../commands/people/forget-people.ts';
import { persons } from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';
import { takeNames } from './take-names.ts';

/** People whom the other site erased: here, too, nothing tells any more who they were. */
export async function takePersons(
  tx: Tx,
  { eventId }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, persons, isNotIn(eventId))) return 'a person is not of this event';
  await takeNames(tx, eventId, bodies);
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct r.id from ${rowsIn(bodies, persons)} join persons h on h.id = r.id and h.erased_at is not null`);
  await forgetAllAbout(
    tx,
    rows.map(({ id }) => BigInt(id)),
  );
  return undefined;
}

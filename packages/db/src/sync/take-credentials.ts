import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { media, passes, persons } from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, takeRows } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';
import { takeNames } from './take-names.ts';

/**
 * Credentials that were granted there. One that was granted here too, to the same person, has the same id: it stays one, with the
 * codes of both prints.
 */
export async function takeCredentials(
  tx: Tx,
  { eventId }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const foreign = isNotIn(eventId);
  if (await hasRow(tx, bodies, passes, sql`${foreign} or r.kind <> 'credential'`))
    return 'a pass is no credential of this event';
  if (await hasRow(tx, bodies, persons, foreign)) return 'a person is not of this event';
  await takeRows(tx, bodies, persons);
  await takeNames(tx, eventId, bodies);
  await takeRows(tx, bodies, passes, sql`on conflict (id) do nothing`);
  await takeRows(tx, bodies, media, sql`on conflict (pass_id, no) do nothing`);
  return undefined;
}

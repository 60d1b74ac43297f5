import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { passes, persons } from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, replaceRows } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';
import { takeMedia } from './take-media.ts';
import { takeNames } from './take-names.ts';

/**
 * Credentials that were granted there. One that was granted here too, to the same person, has the same id: it stays one, of the later
 * type (that of the higher site, since neither knew of the other), and the codes of the higher issue live (SPEC Y-40, Y-52).
 */
export async function takeCredentials(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const foreign = isNotIn(eventId);
  if (await hasRow(tx, bodies, passes, sql`${foreign} or r.kind <> 'credential'`))
    return 'a pass is no credential of this event';
  if (await hasRow(tx, bodies, persons, foreign)) return 'a person is not of this event';
  await replaceRows(
    tx,
    bodies,
    persons,
    ['id'],
    sql`created_at = least(persons.created_at, excluded.created_at)`,
  );
  await takeNames(tx, eventId, bodies);
  // Granted on both sides: what differs is settled alike on both, whoever learns of it first.
  await replaceRows(
    tx,
    bodies,
    passes,
    ['id'],
    sql`created_at = least(passes.created_at, excluded.created_at), public_id = least(passes.public_id, excluded.public_id),
      type_id = case when ${author} > (select number from sites where is_local) then excluded.type_id else passes.type_id end`,
  );
  await takeMedia(tx, bodies);
  return undefined;
}

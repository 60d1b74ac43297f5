import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { applications, delegations, passes, persons, photos } from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, replaceRows, rowsIn, takeRows } from './rows-of-facts.ts';
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
  if (await hasRow(tx, bodies, photos, foreign)) return 'a photo is not of this event';
  if (await hasRow(tx, bodies, delegations, foreign)) return 'a delegation is not of this event';
  if (await hasRow(tx, bodies, applications, foreign)) return 'an application is not of this event';
  await takeRows(tx, bodies, photos);
  await replaceRows(
    tx,
    bodies,
    persons,
    ['id'],
    sql`created_at = least(persons.created_at, excluded.created_at), photo_id = coalesce(excluded.photo_id, persons.photo_id)`,
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
  await takeRows(tx, bodies, delegations);
  await takeApplications(tx, bodies);
  return undefined;
}

/** Who decided there need not be known here. Of an application that was told before the later state counts. */
async function takeApplications(tx: Tx, bodies: Bodies): Promise<void> {
  await tx.execute(sql`
    create temporary table told_applications on commit drop as
    select distinct on (r.id) r.* from ${rowsIn(bodies, applications)} order by r.id, b.place desc`);
  await tx.execute(sql`
    update told_applications set decided_by = null where decided_by not in (select id from users)`);
  await tx.execute(sql`
    insert into ${applications} select * from told_applications
    on conflict (id) do update set state = excluded.state, message = excluded.message, decided_at = excluded.decided_at,
      pass_id = excluded.pass_id, version = excluded.version where excluded.version > applications.version`);
  await tx.execute(sql`drop table told_applications`);
}

import { mergeStatus, type PassStatus } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { rowSet } from '../rows.ts';
import { media, passChanges, passes, persons } from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { reportAdmissionsHere } from './report-admissions.ts';
import { type Bodies, rowsIn, takeRows } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';
import { takeMedia } from './take-media.ts';
import { takeNames } from './take-names.ts';

/** What was done there to passes, put together with what was done here: the same on both sites, in whatever order they learn of it. */
export async function takePassChanges(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, passes, isNotIn(eventId))) return 'a pass is not of this event';
  await takeNewHolders(tx, eventId, author, bodies);
  await takeNames(tx, eventId, bodies);
  const ofEvent = sql`exists (select from passes p where p.id = r.pass_id and p.event_id = ${eventId})`;
  const ofOther = sql`exists (select from passes p where p.id = r.pass_id and p.event_id <> ${eventId})`;
  if (await hasRow(tx, bodies, media, ofOther)) return 'a code is of a pass of another event';
  await takeMedia(tx, bodies);
  // Members of the other site who are not known here are not named.
  await tx.execute(sql`
    insert into pass_changes (id, pass_id, kind, reason, user_id, created_at)
    select r.id, r.pass_id, r.kind, r.reason, (select id from users where users.id = r.user_id), r.created_at
    from ${rowsIn(bodies, passChanges)} where ${ofEvent} on conflict (id) do nothing`);
  await takeStatuses(tx, eventId, bodies);
  await takeExchanges(tx, eventId, author, bodies);
  await reportAdmissionsHere(tx, { eventId, author }, bodies);
  return undefined;
}

/** Only the site that sold a ticket transfers it, so that the new holder is a person of that site. */
async function takeNewHolders(
  tx: Tx,
  eventId: bigint,
  author: number,
  bodies: Bodies,
): Promise<void> {
  await takeRows(
    tx,
    bodies,
    persons,
    sql`on conflict (id) do nothing`,
    sql`(r.id >> 48) = ${author} and r.event_id = ${eventId}`,
  );
}

/** Only the site that sold a ticket changes its holder, type or seat: the last of its facts says what they are. */
async function takeExchanges(
  tx: Tx,
  eventId: bigint,
  author: number,
  bodies: Bodies,
): Promise<void> {
  await tx.execute(sql`
    update passes set holder_id = r.holder_id, type_id = r.type_id, seat_id = r.seat_id
    from (select distinct on (r.id) r.* from ${rowsIn(bodies, passes)} order by r.id, b.place desc) as r
    where passes.id = r.id and passes.event_id = ${eventId} and passes.kind = 'ticket' and (r.id >> 48) = ${author}
      and exists (select from persons p where p.id = r.holder_id and p.event_id = ${eventId})
      and exists (select from pass_types t where t.id = r.type_id and t.event_id = ${eventId})
      and (passes.holder_id, passes.type_id, passes.seat_id) is distinct from (r.holder_id, r.type_id, r.seat_id)`);
}

/** Of two statuses the one that `mergeStatus` says. */
async function takeStatuses(tx: Tx, eventId: bigint, bodies: Bodies): Promise<void> {
  const rows = await tx.execute<{ id: string; here: PassStatus; there: PassStatus }>(sql`
    select p.id, p.status as here, r.status as there from ${rowsIn(bodies, passes)}
    join passes p on p.id = r.id and p.event_id = ${eventId} order by p.id, b.place for no key update of p`);
  const merged = new Map<string, PassStatus>();
  for (const { id, here, there } of rows)
    merged.set(id, mergeStatus(merged.get(id) ?? here, there));
  const changed = [...merged].map(([id, status]) => ({ id: BigInt(id), status }));
  if (changed.length === 0) return;
  await tx.execute(sql`
    update passes set status = merged.status from ${rowSet('merged', { id: 'bigint', status: 'text' }, changed)}
    where passes.id = merged.id and passes.status <> merged.status`);
}

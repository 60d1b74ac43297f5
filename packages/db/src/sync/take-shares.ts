import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { stockShares } from '../schema/index.ts';
import { hasRow } from './check-rows.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** How types are split, as people said at the other site. Of two who said so apart the one of the higher (version, site) counts, on both. */
export async function takeShares(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const foreign = sql`r.site is distinct from ${author}
    or not exists (select from pass_types t where t.id = r.type_id and t.event_id = ${eventId})`;
  if (await hasRow(tx, bodies, stockShares, foreign))
    return 'a share is not of this site and event';
  await tx.execute(sql`
    insert into stock_shares (type_id, mode, venue_percent, version, site, user_id, at)
    select distinct on (r.type_id) r.type_id, r.mode, r.venue_percent, r.version, r.site,
      (select id from users where users.id = r.user_id), r.at
    from ${rowsIn(bodies, stockShares)} order by r.type_id, r.version desc
    on conflict (type_id) do update set mode = excluded.mode, venue_percent = excluded.venue_percent,
      version = excluded.version, site = excluded.site, user_id = excluded.user_id, at = excluded.at
    where (excluded.version, excluded.site) > (stock_shares.version, stock_shares.site)`);
  return undefined;
}

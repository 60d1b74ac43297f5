import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { persons } from '../schema/index.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';

/**
 * Of two names that were given apart the one with the higher (version, site) is the later one, on both sites. Whoever is erased at one stays so: no
 * name is later than that.
 */
export async function takeNames(tx: Tx, eventId: bigint, bodies: Bodies): Promise<void> {
  await tx.execute(sql`
    update persons set name = r.name, email = r.email, search_index = r.search_index,
      name_version = r.name_version, name_site = r.name_site, erased_at = r.erased_at
    from (select distinct on (r.id) r.* from ${rowsIn(bodies, persons)} order by r.id, r.name_version desc, r.name_site desc) as r
    where persons.id = r.id and persons.event_id = ${eventId}
      and case when (r.erased_at is null) = (persons.erased_at is null)
        then (r.name_version, r.name_site) > (persons.name_version, persons.name_site) else r.erased_at is not null end`);
}

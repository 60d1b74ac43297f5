import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { transact } from '../commands/transact.ts';
import { rowSet } from '../rows.ts';
import { holdsPersonalKeys, sealPersonal } from './personal-keys.ts';
import { searchGrams } from './search-grams.ts';

/** People of one transaction. */
const atOnce = 2_000;

/**
 * Seals people whose names an earlier version wrote in clear, and empties those columns: the half of the migration that needs keys. It runs at the
 * start of an installation, before any of its services, so nobody reads a name that is not sealed yet; ended in the middle, it goes on
 * at the next start. Does nothing the second time.
 * @throws at a venue that has people and not yet its cloud's keys: it needs its cloud once.
 */
export async function sealClearPersons(db: Db): Promise<void> {
  for (;;) {
    const sealed = await transact<number>(db, async (tx) => {
      const rows = await tx.execute<{ id: string; name: string; email: string | null }>(sql`
        select id::text, name_clear as name, email_clear as email from persons where name_clear is not null
        limit ${atOnce} for update`);
      if (rows.length === 0) return 0;
      if (!holdsPersonalKeys()) {
        throw new Error(
          'The people of this venue are to be sealed with the keys of its cloud: start it once with a line to its cloud, which runs this version too.',
        );
      }
      const written = rows.map(({ id, name, email }) => ({
        id,
        name: sealPersonal(Buffer.from(name)),
        email: email === null ? null : sealPersonal(Buffer.from(email)),
        search: searchGrams(`${name} ${email ?? ''}`),
      }));
      await tx.execute(sql`
        update persons set name = given.name, email = given.email, search_index = given.search, name_clear = null, email_clear = null
        from ${rowSet('given', { id: 'bigint', name: 'bytea', email: 'bytea', search: 'integer[]' }, written)}
        where persons.id = given.id`);
      return rows.length;
    });
    if (sealed < atOnce) return;
  }
}

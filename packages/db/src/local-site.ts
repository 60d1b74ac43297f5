import { counterMax, makeId } from '@catraca/domain';
import { eq, sql } from 'drizzle-orm';
import type { Db, DbOrTx } from './client.ts';
import { sites } from './schema/index.ts';

export interface LocalSite {
  number: number;
  name: string;
  kind: 'cloud' | 'venue';
}

/**
 * Says which site this database is, once, and starts its ids at `number << 48`.
 * Called again with the same number it changes nothing; with another number it throws, since ids were given out.
 */
export async function initSite(db: Db, site: LocalSite): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${sites} in share row exclusive mode`);
    const known = await findLocalSite(tx);
    if (known) {
      if (known.number !== site.number)
        throw new Error(
          `This database is site ${known.number}; it cannot become site ${site.number}.`,
        );
      return;
    }
    await tx.insert(sites).values({ ...site, isLocal: true });
    const first = makeId(site.number, 1n);
    const last = makeId(site.number, counterMax);
    await tx.execute(
      sql.raw(`alter sequence site_ids minvalue ${first} maxvalue ${last} start ${first} restart`),
    );
  });
}

export async function findLocalSite(db: DbOrTx): Promise<LocalSite | undefined> {
  const [row] = await db.select().from(sites).where(eq(sites.isLocal, true));
  return row && { number: row.number, name: row.name, kind: row.kind };
}

/** This database's site. Throws when `initSite` was never called. */
export async function getLocalSite(db: DbOrTx): Promise<LocalSite> {
  const site = await findLocalSite(db);
  if (!site)
    throw new Error(
      'This database does not know which site it is: run `npm run catraca -- migrate`.',
    );
  return site;
}

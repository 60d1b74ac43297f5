import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { eventAuthority } from '../schema/index.ts';
import { takeLaterAuthority } from './authority.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** Who judges, as the other site says: the later of the two counts. */
export async function takeAuthority(
  tx: Tx,
  { eventId }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, eventAuthority, isNotIn(eventId))) return 'it is of another event';
  const rows = await tx.execute<{
    epoch: number;
    site: number;
    awaits: { site: number; scansNo: number }[] | null;
    since: string;
  }>(sql`
    select r.epoch, r.site, r.awaits, to_json(r.since)#>>'{}' as since
    from ${rowsIn(bodies, eventAuthority)} order by b.place`);
  for (const { epoch, site, awaits, since } of rows) {
    await takeLaterAuthority(tx, eventId, { epoch, site, awaits }, new Date(since));
  }
  return undefined;
}

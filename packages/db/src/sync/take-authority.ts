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
    scans_no: number | null;
    scans_of: number | null;
    since: string;
  }>(sql`
    select r.epoch, r.site, r.scans_no, r.scans_of, to_json(r.since)#>>'{}' as since
    from ${rowsIn(bodies, eventAuthority)} order by b.place`);
  for (const { epoch, site, scans_no, scans_of, since } of rows) {
    const awaits =
      scans_no === null || scans_of === null ? null : { site: scans_of, scansNo: scans_no };
    await takeLaterAuthority(tx, eventId, { epoch, site, awaits }, new Date(since));
  }
  return undefined;
}

import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { media } from '../schema/index.ts';
import { type Bodies, replaceRows, rowsIn } from './rows-of-facts.ts';

/** Codes that were issued there, of passes that are known here. One that died on one side is dead, and of all issues of a pass the highest lives (SPEC Y-52). */
export async function takeMedia(tx: Tx, bodies: Bodies): Promise<void> {
  await replaceRows(
    tx,
    bodies,
    media,
    ['pass_id', 'no'],
    sql`state = case when 'dead' in (media.state, excluded.state) then 'dead' else 'active' end,
      died_at = coalesce(media.died_at, excluded.died_at)`,
    sql`exists (select from passes p where p.id = r.pass_id)`,
  );
  await tx.execute(sql`
    update media m set state = 'dead', died_at = coalesce(m.died_at, now())
    where m.state = 'active' and m.pass_id in (select r.pass_id from ${rowsIn(bodies, media)})
      and exists (select from media later where later.pass_id = m.pass_id and later.kind = m.kind and later.no > m.no)`);
}

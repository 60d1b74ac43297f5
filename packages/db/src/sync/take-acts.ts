import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { auditLog } from '../schema/index.ts';
import { hasRow, isNotIn, isNotOf } from './check-rows.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** What was done at the event at the other site stands in this site's audit log, too: once, under the number that is next here. */
export async function takeActs(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, auditLog, isNotIn(eventId))) return 'an act is not of this event';
  if (await hasRow(tx, bodies, auditLog, isNotOf(author, sql`r.site`)))
    return 'an act was done at another site';
  await tx.execute(sql`
    insert into audit_log (key, at, site, organization_id, event_id, actor_kind, actor_id, action, subject_kind, subject_id, before, after,
      address, user_agent)
    select r.key, r.at, r.site, (select organization_id from events where id = r.event_id), r.event_id, r.actor_kind, r.actor_id, r.action, r.subject_kind, r.subject_id,
      r.before, r.after, r.address, r.user_agent
    from ${rowsIn(bodies, auditLog)} order by b.place on conflict (key) do nothing`);
  return undefined;
}

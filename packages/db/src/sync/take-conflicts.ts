import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { notify } from '../commands/notify.ts';
import { conflicts } from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** Conflicts that were found, or looked at, at the other site. */
export async function takeConflicts(
  tx: Tx,
  { eventId }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, conflicts, isNotIn(eventId)))
    return 'a conflict is not of this event';
  const changed = await tx.execute(sql`
    insert into conflicts (id, event_id, pass_id, kind, scan_id, other_scan_id, found_at, seen_at, seen_by)
    select distinct on (r.scan_id, r.kind) r.id, r.event_id, r.pass_id, r.kind, r.scan_id, r.other_scan_id, r.found_at, r.seen_at,
      (select id from users where users.id = r.seen_by)
    from ${rowsIn(bodies, conflicts)} order by r.scan_id, r.kind, b.place desc
    on conflict (scan_id, kind) do update set seen_at = excluded.seen_at, seen_by = excluded.seen_by
      where conflicts.seen_at is null and excluded.seen_at is not null
    returning 1`);
  if (changed.length > 0) await notify(tx, { kind: 'conflicts', eventId: String(eventId) });
  return undefined;
}

import { sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { devices } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { notify } from '../notify.ts';

/**
 * Phones that members made scanners of follow what their members may: whoever does not work at the event (any more) scans nowhere, and
 * whoever works at some checkpoints scans at those. Devices paired by a code are nobody's, and stay.
 */
export async function followMembers(tx: Tx, organizationId: string, now: Date): Promise<void> {
  const active = sql`d.state = 'active' and d.user_id is not null
    and d.event_id in (select id from events where organization_id = ${organizationId})`;
  const works = sql`from members m where m.user_id = d.user_id and m.organization_id = ${organizationId}
    and m.suspended_at is null and m.role <> 'viewer'
    and (not exists (select from member_events l where l.member_id = m.id)
      or exists (select from member_events l where l.member_id = m.id and l.event_id = d.event_id))`;
  const revoked = await tx.execute<{ id: string }>(sql`
    update ${devices} d set state = 'revoked', revoked_at = ${now.toISOString()} where ${active} and not exists (select ${works}) returning d.id`);
  const moved = await tx.execute<{ id: string }>(sql`
    update ${devices} d set checkpoint_ids = w.checkpoint_ids
    from (select d.id, (select l.checkpoint_ids from member_events l join members m on m.id = l.member_id
        where m.user_id = d.user_id and m.organization_id = ${organizationId} and l.event_id = d.event_id) as checkpoint_ids
      from ${devices} d where ${active}) w
    where w.id = d.id and d.state = 'active' and d.checkpoint_ids is distinct from w.checkpoint_ids returning d.id`);
  const ids = [...revoked, ...moved].map(({ id }) => BigInt(id));
  for (const id of ids) await notify(tx, { kind: 'device', deviceId: String(id) });
  if (ids.length > 0) await record(tx, 'device', ids);
}

import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { notify } from '../commands/notify.ts';
import { devices } from '../schema/index.ts';
import { hasRow, isNotIn } from './check-rows.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** Devices enrolled or revoked there may, or may not, scan here too. One that was revoked on one side stays so. */
export async function takeDevices(
  tx: Tx,
  { eventId }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  if (await hasRow(tx, bodies, devices, isNotIn(eventId))) return 'a device is not of this event';
  const changed = await tx.execute<{ id: string }>(sql`
    insert into devices (id, event_id, name, kind, token_hash, checkpoint_ids, state, user_id, expires_at, created_at, revoked_at)
    select distinct on (r.id) r.id, r.event_id, r.name, r.kind, r.token_hash, r.checkpoint_ids, r.state,
      (select id from users where users.id = r.user_id), r.expires_at, r.created_at, r.revoked_at
    from ${rowsIn(bodies, devices)} order by r.id, (r.state = 'revoked') desc
    on conflict (id) do update set state = 'revoked', revoked_at = excluded.revoked_at
      where devices.state = 'active' and excluded.state = 'revoked'
    returning id`);
  for (const { id } of changed) await notify(tx, { kind: 'device', deviceId: id });
  return undefined;
}

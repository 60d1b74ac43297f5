import { sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import type { PlanRefusal } from './plan-draft.ts';

interface Named {
  id: bigint;
  name: string;
}

/**
 * Why some of these cannot be taken off the plan, if they cannot: what happened there must keep its name. Of a shared event nobody
 * here knows what happened at the other site.
 */
export async function findWhatStays(
  tx: Tx,
  eventId: bigint,
  gone: { areas: readonly Named[]; checkpoints: readonly Named[] },
): Promise<PlanRefusal | undefined> {
  const isShared = sql`exists (select from shared_events where event_id = ${eventId})`;
  const checkpointNames = await namesOf(
    tx,
    gone.checkpoints,
    sql`${isShared} or exists (select from scans s where s.event_id = ${eventId} and s.checkpoint_id = thing.id)
      or exists (select from devices d where d.event_id = ${eventId} and d.state = 'active' and d.checkpoint_ids = array[thing.id])`,
  );
  if (checkpointNames.length > 0) {
    return { ok: false, code: 'checkpoint_in_use', names: checkpointNames };
  }
  const areaNames = await namesOf(
    tx,
    gone.areas,
    sql`${isShared} or exists (select from entitlements e where e.area_id = thing.id)
      or exists (select from scans s where s.event_id = ${eventId} and (s.from_area = thing.id or s.to_area = thing.id))`,
  );
  return areaNames.length > 0 ? { ok: false, code: 'area_in_use', names: areaNames } : undefined;
}

async function namesOf(
  tx: Tx,
  things: readonly Named[],
  isUsed: ReturnType<typeof sql>,
): Promise<string[]> {
  if (things.length === 0) return [];
  const ids = `{${things.map(({ id }) => id).join(',')}}`;
  const used = await tx.execute<{ id: string }>(
    sql`select thing.id from unnest(${ids}::bigint[]) as thing(id) where ${isUsed}`,
  );
  const usedIds = new Set(used.map(({ id }) => String(id)));
  return things.filter(({ id }) => usedIds.has(String(id))).map(({ name }) => name);
}

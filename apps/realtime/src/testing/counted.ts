import type { Db } from '@catraca/db';
import type { SmallEvent } from '@catraca/db/gate/testing';
import type { GateClient } from './gate-client.ts';
import { newScan } from './gate-client.ts';
import type { WallClient } from './wall-client.ts';

export interface Counted {
  totals: { admitted: number; exited: number; refused: number };
  areas: Record<string, number>;
  /** Scans at each checkpoint in the last minute. */
  checkpoints: Record<string, number>;
}

/** What the database counts, asked for in another way than the feed does. */
export async function countedBy(database: Db, { eventId }: SmallEvent): Promise<Counted> {
  const sql = database.$client;
  const id = String(eventId);
  const [totals] = await sql<Counted['totals'][]>`
    select sum((verdict = 'admitted')::int)::int as admitted, sum((verdict = 'exited')::int)::int as exited,
      sum((verdict <> 'admitted' and verdict <> 'exited')::int)::int as refused
    from scans where event_id = ${id}`;
  const areas = await sql<{ id: string; people: number }[]>`
    select a.id::text, coalesce(sum(s.change), 0)::int as people
    from areas a left join (
      select to_area as area, 1 as change from scans where crossing_no is not null
      union all select from_area, -1 from scans where crossing_no is not null
    ) s on s.area = a.id
    where a.event_id = ${id} and a.no <> 0 group by a.id`;
  const points = await sql<{ id: string; scans: number }[]>`
    select c.id::text, count(s.scan_id)::int as scans
    from checkpoints c left join scans s on s.checkpoint_id = c.id and s.at > now() - interval '1 minute'
    where c.event_id = ${id} group by c.id`;
  return {
    totals: totals ?? { admitted: 0, exited: 0, refused: 0 },
    areas: Object.fromEntries(areas.map((row) => [row.id, row.people])),
    checkpoints: Object.fromEntries(points.map((row) => [row.id, row.scans])),
  };
}

export function shownBy(wall: WallClient): Counted {
  const { totals, areas, checkpoints } = wall;
  return {
    totals,
    areas: Object.fromEntries([...areas.values()].map(({ id, occupancy }) => [id, occupancy])),
    checkpoints: Object.fromEntries(
      [...checkpoints.values()].map((point) => [
        point.id,
        point.admittedPerMinute + point.exitedPerMinute + point.refusedPerMinute,
      ]),
    ),
  };
}

/** In, in again, to the stage, out of it, out, and a stranger's code: six scans for each pass. */
export async function visit(client: GateClient, event: SmallEvent, token: string): Promise<void> {
  await client.judge(newScan(token, event.north));
  await client.judge(newScan(token, event.south));
  await client.judge(newScan(token, event.stageDoor));
  await client.judge(newScan(token, event.stageDoor, 'exit'));
  await client.judge(newScan(token, event.south, 'exit'));
  await client.judge(newScan('stranger', event.south));
  await client.judge(newScan(token, event.north));
}
export const scansPerVisit = 7;

/** The devices share the passes among them. */
export async function visitAll(
  clients: readonly GateClient[],
  event: SmallEvent,
  tokens: readonly string[],
): Promise<void> {
  const queue = [...tokens];
  const walk = async (client: GateClient) => {
    for (let token = queue.pop(); token; token = queue.pop()) await visit(client, event, token);
  };
  await Promise.all(clients.map(walk));
}

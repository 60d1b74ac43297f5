import type { EventId } from '@catraca/domain';
import { arrayLiteral } from './array-literal.ts';
import type { GateDb } from './open-gate-db.ts';

/**
 * How far the other site's scans have been taken, by event: a number that each of them raises. Only of events that have been judged there:
 * of the others there are none. Read before the passes are, so that it never promises more than they show.
 */
export async function readHeard(
  db: GateDb,
  epochs: ReadonlyMap<EventId, number>,
): Promise<Map<EventId, bigint>> {
  const eventIds = [...epochs].flatMap(([id, epoch]) => (epoch > 0 ? [id] : []));
  if (eventIds.length === 0) return new Map();
  const rows = await db<{ eventId: bigint; heard: string }[]>`
    select e.id as "eventId", scans_heard(e.id)::text as heard from unnest(${arrayLiteral(eventIds)}::bigint[]) as e(id)`;
  return new Map(rows.map(({ eventId, heard }) => [eventId as EventId, BigInt(heard)]));
}

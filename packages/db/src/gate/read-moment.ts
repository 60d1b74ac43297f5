import type { AreaId } from '@catraca/domain';
import { arrayLiteral } from './array-literal.ts';
import type { GateDb } from './open-gate-db.ts';

/** The database's clock, which is the same for all processes, in ms since 1970, and the people in the areas asked for. */
export interface Moment {
  readonly at: number;
  readonly people: Map<AreaId, number>;
}

/** Sent after the passes are read, so that a crossing is never dated before the one it follows. */
export async function readMoment(db: GateDb, areas: Iterable<AreaId>): Promise<Moment> {
  const rows = await db<{ at: number; areaId: bigint | null; people: number }[]>`
    select floor(extract(epoch from clock.now) * 1000)::float8 as at, c.area_id as "areaId", c.people
    from (select clock_timestamp() as now) clock
    left join area_counters c on c.area_id = any(${arrayLiteral([...areas])}::bigint[])`;
  const people = new Map<AreaId, number>();
  for (const row of rows) if (row.areaId !== null) people.set(row.areaId as AreaId, row.people);
  return { at: rows[0]?.at ?? Number.NaN, people };
}

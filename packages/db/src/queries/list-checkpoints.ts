import { aliasedTable, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { areas, checkpoints } from '../schema/index.ts';

/** An event's checkpoints by number, with the names of the areas each joins. `isEntrance`: it leads in from outside. */
export async function listCheckpoints(db: DbOrTx, eventId: bigint) {
  const fromArea = aliasedTable(areas, 'from_area');
  const toArea = aliasedTable(areas, 'to_area');
  const rows = await db
    .select({
      id: checkpoints.id,
      no: checkpoints.no,
      name: checkpoints.name,
      directions: checkpoints.directions,
      open: checkpoints.open,
      fromAreaNo: fromArea.no,
      fromAreaName: fromArea.name,
      toAreaName: toArea.name,
    })
    .from(checkpoints)
    .innerJoin(fromArea, eq(fromArea.id, checkpoints.fromAreaId))
    .innerJoin(toArea, eq(toArea.id, checkpoints.toAreaId))
    .where(eq(checkpoints.eventId, eventId))
    .orderBy(asc(checkpoints.no));
  return rows.map(({ fromAreaNo, ...row }) => ({ ...row, isEntrance: fromAreaNo === 0 }));
}

import { asc, eq, max } from 'drizzle-orm';
import type { Db, DbOrTx } from '../../client.ts';
import { areaCounters, areas, checkpoints } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { changeSetUp, type SetUpRefusal } from './change-set-up.ts';

/** An area with the entrance that leads into it from outside, by name alone: the plan places them later. */
export interface NewPlace {
  name: string;
  capacity: number | null;
  entrance: string;
}

export type AddPlaceResult =
  | { ok: true; areaId: bigint; checkpointId: bigint }
  | SetUpRefusal
  /** The token has a bit for each of sixteen areas. */
  | { ok: false; code: 'too_many_areas' };

/** Areas that a token has a bit for. */
export const areasMax = 16;

/** Adds an area, and an entrance that is read both ways. */
export async function addPlace(
  db: Db,
  eventId: bigint,
  place: NewPlace,
  actor: Actor,
): Promise<AddPlaceResult> {
  return changeSetUp<AddPlaceResult>(db, eventId, actor, async ({ tx, audit }) => {
    const known = await listAreas(tx, eventId);
    const outside = known.find(({ no }) => no === 0);
    const no = Math.max(0, ...known.map((area) => area.no)) + 1;
    if (!outside || no > areasMax) return { ok: false, code: 'too_many_areas' };
    const { name, capacity, entrance } = place;
    const [area] = await tx
      .insert(areas)
      .values({ eventId, no, name, capacity, polygon: [] })
      .returning({ id: areas.id });
    const [last] = await tx
      .select({ no: max(checkpoints.no) })
      .from(checkpoints)
      .where(eq(checkpoints.eventId, eventId));
    const [checkpoint] = await tx
      .insert(checkpoints)
      .values({
        eventId,
        no: (last?.no ?? 0) + 1,
        name: entrance,
        fromAreaId: outside.id,
        toAreaId: area?.id ?? outside.id,
        directions: 'both',
        x: 0,
        y: 0,
      })
      .returning({ id: checkpoints.id });
    if (!area || !checkpoint) throw new Error('a place was not written');
    await tx.insert(areaCounters).values({ areaId: area.id });
    const subject = { subjectKind: 'area', subjectId: String(area.id) };
    await audit({ action: 'place.add', ...subject, before: null, after: { ...place } });
    return { ok: true, areaId: area.id, checkpointId: checkpoint.id };
  });
}

/** The areas of an event by number, `outside` first. */
export function listAreas(db: DbOrTx, eventId: bigint) {
  const { id, no, name, capacity } = areas;
  return db
    .select({ id, no, name, capacity })
    .from(areas)
    .where(eq(areas.eventId, eventId))
    .orderBy(asc(no));
}

import { maskHas, maskNoMax } from '@catraca/domain';
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { entitlements, media, passes, passTypes } from '../schema/index.ts';
import { readVenuePlan } from './read-venue-plan.ts';

/** A venue plan with what its editor must know besides. `version` is 0 while there is none. */
export async function readPlanToEdit(db: DbOrTx, eventId: bigint) {
  const [{ plan, areas, checkpoints }, carried, types, opened] = await Promise.all([
    readVenuePlan(db, eventId),
    carriedAreaBits(db, eventId),
    db.$count(passTypes, eq(passTypes.eventId, eventId)),
    db
      .selectDistinct({ areaId: entitlements.areaId })
      .from(entitlements)
      .innerJoin(passTypes, eq(passTypes.id, entitlements.typeId))
      .where(eq(passTypes.eventId, eventId))
      .orderBy(asc(entitlements.areaId)),
  ]);
  const openedIds = new Set(opened.map(({ areaId }) => areaId));
  return {
    version: plan?.version ?? 0,
    plan,
    areas,
    checkpoints,
    /** Numbers that a new area may have. */
    freeAreaNos: freeNos(
      areas.map(({ no }) => no),
      carried,
    ),
    /** Null while the event has no types. */
    openedNos: types === 0 ? null : areas.filter(({ id }) => openedIds.has(id)).map(({ no }) => no),
  };
}

/** The bits of areas that codes of the event carry, whether or not the area is still there. */
export async function carriedAreaBits(db: DbOrTx, eventId: bigint): Promise<number> {
  const [found] = await db
    .select({ bits: sql<number | null>`bit_or(${media.areaMask})` })
    .from(media)
    .innerJoin(passes, eq(passes.id, media.passId))
    .where(and(eq(passes.eventId, eventId), isNotNull(media.areaMask)));
  return found?.bits ?? 0;
}

/** Numbers of areas that are neither taken nor in a code. */
export function freeNos(takenNos: readonly number[], carried: number): number[] {
  const nos = Array.from({ length: maskNoMax }, (_, index) => index + 1);
  return nos.filter((no) => !takenNos.includes(no) && !maskHas(carried, no));
}

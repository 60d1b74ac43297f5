import type { AreaId } from '../ids/brands.ts';

/** From where to where a crossing moved one person. */
export interface Move {
  readonly fromArea: AreaId;
  readonly toArea: AreaId;
}

/** Moves one person in the counts. `outside` has no count: everybody who is not in an area is there. */
export function moveBetween(occupancy: Map<AreaId, number>, move: Move, outside: AreaId): void {
  if (move.fromArea === move.toArea) return;
  if (move.fromArea !== outside) add(occupancy, move.fromArea, -1);
  if (move.toArea !== outside) add(occupancy, move.toArea, 1);
}

function add(occupancy: Map<AreaId, number>, area: AreaId, change: number): void {
  occupancy.set(area, (occupancy.get(area) ?? 0) + change);
}

/** People in each area after these crossings, counted from zero. The order does not matter; refused scans are left out. */
export function replayOccupancy(crossings: Iterable<Move>, outside: AreaId): Map<AreaId, number> {
  const occupancy = new Map<AreaId, number>();
  for (const crossing of crossings) moveBetween(occupancy, crossing, outside);
  return occupancy;
}

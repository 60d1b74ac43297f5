import type { Move } from '../admission/occupancy.ts';
import type { Crossing } from '../admission/types.ts';
import type { AreaId } from '../ids/brands.ts';

/** The crossing that is a pass's state when a site knows of two: the higher number, whatever the order in which they came. */
export function laterCrossing(a: Crossing | null, b: Crossing | null): Crossing | null {
  if (a === null || b === null) return a ?? b;
  return a.crossingNo >= b.crossingNo ? a : b;
}

/**
 * What the counters of people change by when a pass's last crossing was `before` and is `after` now that the other site's were
 * taken; null for nothing. A pass counts once, where its last crossing says (SPEC Y-25).
 */
export function moveOnMerge(
  before: Crossing | null,
  after: Crossing | null,
  outside: AreaId,
): Move | null {
  const fromArea = before?.toArea ?? outside;
  const toArea = after?.toArea ?? outside;
  return fromArea === toArea ? null : { fromArea, toArea };
}

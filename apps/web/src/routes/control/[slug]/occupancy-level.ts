/** How full an area is, in the steps the wall lights up. `open`: no capacity, or plenty of room. */
export type OccupancyLevel = 'open' | 'filling' | 'nearly_full' | 'full';

/** Shares of the capacity from which an area is `filling`, `nearly_full` and `full`. */
export const levelFrom = { filling: 0.6, nearlyFull: 0.85, full: 1 };

/** The level of `people` in an area for `capacity`; null is no limit. */
export function occupancyLevel(people: number, capacity: number | null): OccupancyLevel {
  if (capacity === null) return 'open';
  const share = capacity === 0 ? 1 : people / capacity;
  if (share >= levelFrom.full) return 'full';
  if (share >= levelFrom.nearlyFull) return 'nearly_full';
  return share >= levelFrom.filling ? 'filling' : 'open';
}

import type { AreaId, CheckpointId } from '../ids/brands.ts';

/** Which way people may be read at a checkpoint. */
export const checkpointDirections = ['entry', 'exit', 'both'] as const;
export type CheckpointDirections = (typeof checkpointDirections)[number];

/** The way of one scan: `entry` goes into the checkpoint's `toArea`, `exit` back into its `fromArea`. */
export const directions = ['entry', 'exit'] as const;
export type Direction = (typeof directions)[number];

/** A place people can be in. */
export interface Area {
  readonly id: AreaId;
  /** How many people it may hold; null is no limit. `outside` has none. */
  readonly capacity: number | null;
}

/** Where people are read: it joins two areas. An entrance joins `outside` to an area. */
export interface Checkpoint {
  readonly id: CheckpointId;
  readonly fromArea: AreaId;
  readonly toArea: AreaId;
  readonly directions: CheckpointDirections;
}

/** `no` of the area `outside` in every event. */
export const outsideAreaNo = 0;

export function checkpointAllows(checkpoint: Checkpoint, direction: Direction): boolean {
  return checkpoint.directions === 'both' || checkpoint.directions === direction;
}

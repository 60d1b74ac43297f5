import type { PlannedArea, PlannedCheckpoint } from '@catraca/domain';
import type { PlanOnEarth } from '../../schema/events.ts';

/** The drawing under a plan. The SVG is clean: nothing in it runs or asks another address. */
export interface PlanDrawing {
  svg: string;
  width: number;
  height: number;
  earth: PlanOnEarth | null;
}

export interface CheckpointOnPlan extends PlannedCheckpoint {
  x: number;
  y: number;
}

/** All of a plan, as it should be. Areas and checkpoints are who they are by their numbers. */
export interface PlanDraft {
  /** The version the change was made on; 0 where there was no plan. */
  version: number;
  /** As it was, where it is missing. */
  drawing?: PlanDrawing | undefined;
  /** Without `outside`. */
  areas: readonly PlannedArea[];
  checkpoints: readonly CheckpointOnPlan[];
}

export type PlanRefusal =
  | { ok: false; code: 'set_up_elsewhere' }
  | { ok: false; code: 'edited_meanwhile'; version: number }
  /** Names of areas that cannot go: a type opens them, or scans tell of them. */
  | { ok: false; code: 'area_in_use'; names: string[] }
  /** Names of checkpoints that cannot go: people were scanned there, or a device scans there alone. They can be closed. */
  | { ok: false; code: 'checkpoint_in_use'; names: string[] }
  /** A code still carries the bit of an area that had this number. */
  | { ok: false; code: 'area_number_used'; nos: number[] }
  /** A checkpoint names an area that is not there, or the same twice. */
  | { ok: false; code: 'joins_nothing'; names: string[] };

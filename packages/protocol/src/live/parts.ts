import { z } from 'zod';
import {
  countField,
  idField,
  instantField,
  nameField,
  scanIdField,
  verdictField,
} from '../fields.ts';

/** People in an area now. */
export const liveAreaSchema = z.object({
  id: idField,
  /** As the database counts it. */
  occupancy: z.int(),
  /** Those of them who are staff, with a credential. Absent from a server that does not count them apart. */
  staff: z.int().optional(),
});
export type LiveArea = z.infer<typeof liveAreaSchema>;

/** Scans at a checkpoint in the last minute, told at most once in `liveRatesIntervalMs`. */
export const liveCheckpointSchema = z.object({
  id: idField,
  admittedPerMinute: countField,
  exitedPerMinute: countField,
  refusedPerMinute: countField,
});
export type LiveCheckpoint = z.infer<typeof liveCheckpointSchema>;

export const liveDeviceSchema = z.object({
  id: idField,
  name: nameField,
  /** Where it scanned last. */
  checkpointId: idField.nullable(),
  online: z.boolean(),
  /** Of one that is online a delta says so once, and when it was last there once it is not. */
  lastSeenAt: instantField.nullable(),
});
export type LiveDevice = z.infer<typeof liveDeviceSchema>;

/** Scans of the event since its beginning. */
export const liveTotalsSchema = z.object({
  admitted: countField,
  exited: countField,
  refused: countField,
});
export type LiveTotals = z.infer<typeof liveTotalsSchema>;

/** Conflicts of the event that nobody has looked at: a wall says that there are some, the list says which. */
export const liveConflictsSchema = z.object({
  unseen: countField,
  /** When the newest of them was found; null for none. */
  lastAt: instantField.nullable(),
});
export type LiveConflicts = z.infer<typeof liveConflictsSchema>;

/** One scan of the feed. It says nothing of a person: a wall hangs where everyone looks. */
export const liveScanSchema = z.object({
  scanId: scanIdField,
  at: instantField,
  checkpointId: idField,
  deviceId: idField,
  verdict: verdictField,
  typeName: nameField.nullable(),
});
export type LiveScan = z.infer<typeof liveScanSchema>;

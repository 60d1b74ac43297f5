import { entryPolicyKinds } from '@catraca/domain';
import { z } from 'zod';
import { checkpointDirectionsField, idField, instantField, nameField } from '../fields.ts';

/** Ms since 1970. */
const msField = z.int();
const numberField = z.int().min(0).max(0xffff);

/** All that is fixed about an event while it is judged, and the words for people. `no` is what the records use. */
export const bundleRulesSchema = z.object({
  name: nameField,
  timeZone: z.string().max(64),
  /** Of the authority that judges: what a device alone writes is numbered in it until a site numbers it anew. */
  epoch: z.int().nonnegative(),
  outsideAreaId: idField,
  days: z.array(z.object({ no: numberField, startsAt: msField, endsAt: msField })),
  areas: z.array(
    z.object({ id: idField, no: numberField, name: nameField, capacity: z.int().nullable() }),
  ),
  checkpoints: z.array(
    z.object({
      id: idField,
      no: numberField,
      name: nameField,
      fromArea: idField,
      toArea: idField,
      directions: checkpointDirectionsField,
    }),
  ),
  types: z.array(
    z.object({
      id: idField,
      no: numberField,
      name: nameField,
      colour: z.string().max(32),
      policy: z.object({ kind: z.enum(entryPolicyKinds), n: z.int().positive().nullable() }),
      entitlements: z.array(z.object({ areaId: idField, startsAt: msField, endsAt: msField })),
    }),
  ),
  /** Public keys of all that ever signed, 32 bytes in base64url. */
  keys: z.array(z.object({ id: z.int(), publicKey: z.base64url() })),
});
export type BundleRules = z.infer<typeof bundleRulesSchema>;

/** What precedes the records. */
export const bundleHeadSchema = z.object({
  eventId: idField,
  /** When the server read it. */
  serverTime: instantField,
  /** To ask for what changed since, and nothing that can be read. */
  cursor: z.string().max(4_000),
  /** All passes of the event, in place of what the device had; else those that are new or changed. */
  whole: z.boolean(),
  /** Absent when they are the same as at the cursor that was sent. */
  rules: bundleRulesSchema.optional(),
});
export type BundleHead = z.infer<typeof bundleHeadSchema>;

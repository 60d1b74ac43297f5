import { z } from 'zod';
import { checkpointDirectionsField, idField, instantField, nameField } from '../fields.ts';

const areaRefSchema = z.object({ id: idField, name: nameField });

/** The first frame of the server, and again after `config_changed`: who the device is, and where it may scan. */
export const helloSchema = z.object({
  type: z.literal('hello'),
  protocol: z.int().positive(),
  serverTime: instantField,
  device: z.object({ id: idField, name: nameField }),
  event: z.object({ id: idField, name: nameField, timeZone: z.string().max(64) }),
  checkpoints: z.array(
    z.object({
      id: idField,
      name: nameField,
      fromArea: areaRefSchema,
      toArea: areaRefSchema,
      directions: checkpointDirectionsField,
    }),
  ),
});
export type HelloMessage = z.infer<typeof helloSchema>;

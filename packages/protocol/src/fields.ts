import { checkpointDirections, directions, scanIdPattern, verdicts } from '@catraca/domain';
import { z } from 'zod';

/** A row's id as it travels: the decimal digits of 64 bits (`parseId` of the domain). JSON's numbers are too small for it. */
export const idField = z.string().regex(/^[1-9][0-9]{0,18}$/);

/** UUIDv7 in lower case, made on the device: the same scan keeps it however often it is sent. */
export const scanIdField = z.string().regex(scanIdPattern);

/** ISO 8601 with its offset or Z: `2027-05-01T09:30:00.000Z`. */
export const instantField = z.iso.datetime({ offset: true });

export const directionField = z.enum(directions);
export const checkpointDirectionsField = z.enum(checkpointDirections);
export const verdictField = z.enum(verdicts);

/** A count of people or scans. */
export const countField = z.int().nonnegative();

/** Words for people: names of areas, checkpoints, devices, types. */
export const nameField = z.string().max(200);

import { holdLinesMax } from '@catraca/db';
import { z } from 'zod';
import { typeNo } from '../event/limits.ts';

/** The column `pass_types.units_per_order_max` allows no more of one type. */
const unitsPerLineMax = 50;

/** 17 digits hold any id of ours. */
const seatId = z.string().regex(/^[1-9]\d{0,16}$/);

const line = z.union([
  z.strictObject({ typeNo, quantity: z.number().int().min(1).max(unitsPerLineMax) }),
  z.strictObject({ typeNo, seatIds: z.array(seatId).min(1).max(unitsPerLineMax) }),
]);

/** What a cart may ask for: units of a type, or the very seats of a seated one. */
export const holdLinesInput = z.array(line).min(1).max(holdLinesMax);

export type HoldLineInput = z.infer<typeof line>;

import { maskNoMax } from '@catraca/domain';
import { z } from 'zod';
import {
  capacityMax,
  checkpointsMax,
  cornersMax,
  nameLengthMax,
  planFileBytesMax,
  planSideMax,
  planSvgCharsMax,
} from './limits.ts';

const name = z.string().trim().min(1).max(nameLengthMax);
const areaNo = z.number().int().min(0).max(maskNoMax);
/** Things may lie beside the drawing, and not for ever far. */
const place = z
  .number()
  .min(-planSideMax)
  .max(2 * planSideMax);

export const planFileInput = z
  .instanceof(Uint8Array)
  .refine((file) => file.length <= planFileBytesMax, {
    message: `A plan may have ${planFileBytesMax} bytes.`,
  });

const earthInput = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  metresPerUnit: z.number().positive().max(1_000),
});

export const drawingInput = z.object({
  svg: z.string().max(planSvgCharsMax),
  earth: earthInput.nullable(),
});

export const areaInput = z.object({
  no: areaNo.min(1),
  name,
  capacity: z.number().int().min(0).max(capacityMax).nullable(),
  polygon: z.array(z.tuple([place, place])).max(cornersMax),
});

export const checkpointInput = z.object({
  no: z.number().int().min(1).max(30_000),
  name,
  fromNo: areaNo,
  toNo: areaNo,
  directions: z.enum(['entry', 'exit', 'both']),
  open: z.boolean(),
  x: place,
  y: place,
});

export const areasInput = z.array(areaInput).max(maskNoMax).refine(numbersDiffer);
export const checkpointsInput = z.array(checkpointInput).max(checkpointsMax).refine(numbersDiffer);

function numbersDiffer(rows: readonly { no: number }[]): boolean {
  return new Set(rows.map(({ no }) => no)).size === rows.length;
}

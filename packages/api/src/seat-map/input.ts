import { seatsMax, type SeatMapDocument } from '@catraca/domain/seat-map';
import { z } from 'zod';

/** Items of a map: the largest halls have some hundred sections and tables. */
const itemsMax = 2_000;
const rowsMax = 200;
const seatsPerRowMax = 400;
const seatsPerTableMax = 40;

/** Units of a map's side, and how far beside it something may lie. */
const sideMax = 20_000;

/** What stands on a ticket must fit there. */
const nameLengthMax = 40;
const rowNameLengthMax = 12;

const name = z.string().trim().min(1).max(nameLengthMax);
const place = z
  .number()
  .min(-sideMax)
  .max(2 * sideMax);
const key = z.string().min(1).max(40);
const placed = { id: key, name, x: place, y: place, rotation: z.number().min(-360).max(360) };
const seatPlaces = z.array(z.number().int().min(0).max(seatsPerRowMax)).max(seatsPerRowMax);

const marks = z.object({
  categories: z.record(z.string().regex(/^\d{1,3}$/), key),
  outOfSale: seatPlaces,
  accessible: seatPlaces,
  companions: seatPlaces,
});

const row = z.object({
  name: z.string().trim().min(1).max(rowNameLengthMax),
  seats: z.number().int().min(1).max(seatsPerRowMax),
  numbering: z.object({
    start: z.number().int().min(1).max(10_000),
    scheme: z.enum(['left_to_right', 'right_to_left', 'odd_even']),
    step: z.number().int().min(1).max(10),
  }),
  curve: z.number().min(0).max(1),
  shift: z.number().min(-200).max(200),
  marks,
});

const gap = z.number().min(2).max(500);
const side = z.number().min(1).max(sideMax);

const item = z.discriminatedUnion('kind', [
  z.object({
    ...{ ...placed, kind: z.literal('rows'), category: key, seatGap: gap, rowGap: gap },
    rows: z.array(row).min(1).max(rowsMax),
  }),
  z.object({
    ...{ ...placed, kind: z.literal('table'), category: key, shape: z.enum(['round', 'square']) },
    ...{ seats: z.number().int().min(1).max(seatsPerTableMax), radius: gap, marks },
  }),
  z.object({
    ...{ ...placed, kind: z.literal('standing'), category: key, width: side, height: side },
    capacity: z.number().int().min(1).max(1_000_000),
  }),
  z.object({
    ...{ ...placed, kind: z.literal('label'), shape: z.enum(['stage', 'text']) },
    ...{ width: side, height: side },
  }),
]);

/** A seat map as it is imported and saved: its shape. Whether it is sound, `checkSeatMap` says. */
export const seatMapInput: z.ZodType<SeatMapDocument> = z.object({
  format: z.literal(1),
  width: side,
  height: side,
  categories: z.array(z.object({ key, typeNo: z.number().int().min(1).max(32_767) })).max(60),
  items: z.array(item).max(Math.min(itemsMax, seatsMax)),
});

import { updateEvent as update } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import {
  currencyInput,
  hexColour,
  languagesInput,
  lineWords,
  nameLengthMax,
  textWords,
  versionInput,
} from '../set-up/limits.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';

/** Units of a whole event that one buyer, card or network may be limited to. */
const unitsMax = z.number().int().min(1).max(10_000).nullable();

/** A part of an event's settings; parts that are missing stay as they are. */
const partsInput = z.object({
  name: z.string().trim().min(1).max(nameLengthMax).optional(),
  tagline: lineWords.optional(),
  description: textWords.optional(),
  venueName: z.string().trim().min(1).max(nameLengthMax).optional(),
  venueAddress: z.string().trim().max(200).optional(),
  currency: currencyInput.optional(),
  languages: languagesInput.optional(),
  colours: z.object({ accent: hexColour, ink: hexColour }).optional(),
  holdMinutes: z.number().int().min(1).max(60).optional(),
  unitsPerBuyerMax: unitsMax.optional(),
  unitsPerCardMax: unitsMax.optional(),
  unitsPerNetworkMax: unitsMax.optional(),
  retentionDays: z.number().int().min(0).max(3650).nullable().optional(),
});

export const updateEvent = memberProcedure
  .input(ownEventInput.extend({ version: versionInput, parts: partsInput }))
  .mutation(async ({ ctx, input: { version, parts, ...named } }) => {
    const event = await ownEvent(ctx, named);
    const { colours, holdMinutes, ...plain } = parts;
    const given = Object.fromEntries(
      Object.entries(plain).filter(([, value]) => value !== undefined),
    );
    const result = await update(
      ctx.db,
      event.id,
      {
        version,
        ...given,
        ...(colours && { look: { ...event.look, ...colours } }),
        ...(holdMinutes !== undefined && { holdTtlSeconds: holdMinutes * 60 }),
      },
      actorOf(ctx),
    );
    if (result.ok) return { version: result.version };
    if (result.code === 'currency_has_orders') refuse(result.code, { orders: result.orders });
    return refuseSetUp(ctx, result, { kind: 'event', id: event.id });
  });

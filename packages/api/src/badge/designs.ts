import { listBadgeDesigns, listCredentialTypes, saveBadgeDesign as save } from '@catraca/db';
import { badgeLimits, badgeTextMin } from '@catraca/domain/accreditation';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i);
const colourOrType = z.union([colour, z.literal('type')]);
const mm = z.number().min(0).max(badgeLimits.sideMax);
const box = { x: mm, y: mm, width: mm.min(1), height: mm.min(1) };

/** Points of a text that fills a badge. */
const sizeMax = 200;

const elementInput = z.discriminatedUnion('kind', [
  z.object({ ...box, kind: z.literal('photo') }),
  z.object({ ...box, kind: z.literal('qr') }),
  z.object({ ...box, kind: z.literal('bar'), colour: colourOrType }),
  z.object({
    ...box,
    kind: z.literal('text'),
    source: z.enum(['name', 'type', 'delegation', 'event', 'days', 'number', 'free']),
    text: z.string().max(200),
    size: z.number().min(badgeTextMin).max(sizeMax),
    bold: z.boolean(),
    align: z.enum(['left', 'center', 'right']),
    colour: colourOrType,
  }),
]);

const side = z.number().min(badgeLimits.sideMin).max(badgeLimits.sideMax);

export const designInput = z.object({
  width: side,
  height: side,
  elements: z.array(elementInput).max(badgeLimits.elementsMax),
});

/** An event's badge designs, and the types they are for. */
export const listDesigns = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const [designs, types] = await Promise.all([
    listBadgeDesigns(ctx.db, event.id),
    listCredentialTypes(ctx.db, event.id),
  ]);
  return {
    designs: designs.map(({ id, typeIds, name, design, version }) => ({
      ...{ id: String(id), name, design, version, typeIds: typeIds.map(String) },
    })),
    types: types.map(({ type: { id, name, colour: ofType } }) => ({
      ...{ id: String(id), name, colour: ofType },
    })),
  };
});

/** Makes a design (`id` null), or changes the edition `version` of one. */
export const saveDesign = memberProcedure
  .input(
    ownEventInput.extend({
      id: rowIdInput.nullable(),
      version: z.number().int().min(0),
      draft: z.object({
        name: z.string().trim().min(1).max(100),
        typeIds: z.array(rowIdInput).max(100),
        design: designInput,
      }),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { id, version, draft } = input;
    const saved = await save(ctx.db, { eventId: event.id, id, version }, draft, actorOf(ctx));
    if (saved.ok) return { id: String(saved.id), version: saved.version };
    return refuse(saved.code === 'unknown_design' ? 'not_found' : saved.code);
  });

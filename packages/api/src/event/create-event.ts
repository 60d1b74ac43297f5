import { createEvent as create, isSlugFree } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import {
  currencyInput,
  languagesInput,
  nameLengthMax,
  newSlug,
  reservedSlugs,
  sessionInput,
  sessionsMax,
  slugLengthMax,
  timeZoneInput,
} from '../set-up/limits.ts';
import { memberProcedure } from '../trpc.ts';

export const newEventInput = z.object({
  name: z.string().trim().min(1).max(nameLengthMax),
  slug: newSlug,
  venueName: z.string().trim().min(1).max(nameLengthMax),
  venueAddress: z.string().trim().max(200),
  timeZone: timeZoneInput,
  currency: currencyInput,
  languages: languagesInput,
  sessions: z.array(sessionInput).max(sessionsMax),
});

/** Makes a draft with its days. */
export const createEvent = memberProcedure.input(newEventInput).mutation(async ({ ctx, input }) => {
  // Who works at some events would not see the new one.
  if (ctx.member.limits !== null) refuse('role_not_allowed');
  if (reservedSlugs.has(input.slug)) refuse('slug_taken');
  const { organizationId } = ctx.member;
  const result = await create(ctx.db, { ...input, organizationId }, actorOf(ctx));
  if (result.ok) return { slug: result.slug };
  if ('index' in result) refuse(result.code, { index: result.index });
  return refuse(result.code === 'no_days' ? 'event_has_no_days' : result.code);
});

/** Whether an address in the shop is free; asked while it is typed. */
export const checkSlug = memberProcedure
  .input(z.object({ slug: z.string().max(slugLengthMax) }))
  .query(async ({ ctx, input }) => {
    const isFree = !reservedSlugs.has(input.slug) && (await isSlugFree(ctx.db, input.slug));
    return { isFree };
  });

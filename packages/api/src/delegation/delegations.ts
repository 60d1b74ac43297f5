import {
  createDelegation as create,
  listDelegations as list,
  renewDelegationLink as renew,
  updateDelegation as update,
} from '@catraca/db';
import { applicationLimits } from '@catraca/domain/accreditation';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { localeInput } from '../application/application-input.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

/** Characters of a delegation's name. */
const nameLengthMax = 120;
/** People that one delegation brings of one type. */
const quotaMax = 10_000;
/** Credential types of an event. */
const typesMax = 100;

const blankIsNull = (text: string) => (text.trim() === '' ? null : text.trim());

const draftInput = z.object({
  name: z.string().trim().min(1).max(nameLengthMax),
  contactName: z.string().max(applicationLimits.name).transform(blankIsNull),
  contactEmail: z.union([
    z.literal('').transform(() => null),
    z.email().max(applicationLimits.email),
  ]),
  locale: localeInput,
  state: z.enum(['open', 'closed']),
  quotas: z
    .array(z.object({ typeId: rowIdInput, quantity: z.number().int().min(0).max(quotaMax) }))
    .max(typesMax),
});

type Refused = {
  code: Extract<Awaited<ReturnType<typeof update>>, { ok: false }>['code'];
  used?: number;
};

function refuseSaving({ code, used }: Refused): never {
  switch (code) {
    case 'quota_below_used':
      return refuse('quota_below_used', { used: used ?? 0 });
    case 'name_taken':
    case 'edited_meanwhile':
      return refuse(code);
    case 'unknown_delegation':
    case 'unknown_type':
      return refuse('not_found');
  }
}

/** Who brings people to an event, and how many places each has taken. */
export const listDelegations = memberProcedure
  .input(ownEventInput)
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const rows = await list(ctx.db, event.id);
    return rows.map(({ id, name, contactName, contactEmail, locale, state, version, quotas }) => ({
      ...{ id: String(id), name, contactName, contactEmail, locale, state, version },
      quotas: quotas.map(({ typeId, quantity, used }) => ({
        typeId: String(typeId),
        quantity,
        used,
      })),
    }));
  });

/** Answers with the delegation's link, which is shown this once. */
export const createDelegation = memberProcedure
  .input(ownEventInput.extend({ draft: draftInput }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const made = await create(ctx.db, event.id, input.draft, actorOf(ctx), ctx.now);
    if (!made.ok) return refuseSaving(made);
    return { id: String(made.id), link: ctx.links.apply(made.secret) };
  });

export const updateDelegation = memberProcedure
  .input(ownEventInput.extend({ id: rowIdInput, version: z.number().int(), draft: draftInput }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { id, version } = input;
    const saved = await update(
      ctx.db,
      { eventId: event.id, id, version },
      input.draft,
      actorOf(ctx),
    );
    if (!saved.ok) return refuseSaving(saved);
    return { version: saved.version };
  });

/** A new link; the old one opens nothing any more. */
export const renewLink = memberProcedure
  .input(ownEventInput.extend({ id: rowIdInput }))
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const renewed = await renew(ctx.db, { eventId: event.id, id: input.id }, actorOf(ctx), ctx.now);
    if (!renewed.ok) return refuse('not_found');
    return { link: ctx.links.apply(renewed.secret) };
  });

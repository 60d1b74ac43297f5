import {
  findDelegationByLink,
  findPublicForm,
  listDelegationForms,
  submitApplication as submit,
} from '@catraca/db';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { fieldsInput, linkSecretInput, localeInput, photoInput } from './application-input.ts';
import { checkSubmission } from './check-submission.ts';

const typeNoInput = z.number().int().min(1);

/** By which form somebody applies. */
const byInput = z.union([
  z.object({ secret: linkSecretInput, typeNo: typeNoInput }),
  z.object({ eventSlug: z.string().min(1).max(200), typeNo: typeNoInput }),
]);

/** Applies for one person. Answers with what is wrong, field by field, or with the application's own link. */
export const submitApplication = publicProcedure
  .input(z.object({ by: byInput, fields: fieldsInput, photo: photoInput, locale: localeInput }))
  .mutation(async ({ ctx, input }) => {
    if (!ctx.applying.take(ctx.buyer.networkKey, ctx.now)) refuse('too_often');
    const { event, type, form, delegation } = await findBy(ctx, input.by);
    const checked = await checkSubmission(input, form, {
      ...{ now: ctx.now, timeZone: event.timeZone, hasPhoto: false },
      needsEmail: !delegation?.contactEmail,
    });
    if ('problems' in checked) return { ok: false as const, problems: checked.problems };
    const request = { eventId: event.id, typeId: type.id, delegationId: delegation?.id ?? null };
    const made = await submit(ctx.db, { ...request, ...checked, locale: input.locale }, ctx.now);
    if (!made.ok) return refuse(made.code);
    return { ok: true as const, link: ctx.links.application(made.publicId) };
  });

async function findBy(ctx: ApiContext, by: z.infer<typeof byInput>) {
  if ('eventSlug' in by) {
    const found = await findPublicForm(ctx.db, by.eventSlug, by.typeNo);
    return found ? { ...found, delegation: null } : refuse('not_found');
  }
  const found = await findDelegationByLink(ctx.db, by.secret);
  if (!found) refuse('not_found');
  const forms = await listDelegationForms(ctx.db, found.delegation.id);
  const own = forms.find(({ type }) => type.no === by.typeNo);
  return own ? { ...found, ...own } : refuse('not_found');
}

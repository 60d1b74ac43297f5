import {
  findDelegationByLink,
  findPublicForm,
  listDelegationApplications,
  listDelegationForms,
} from '@catraca/db';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { linkSecretInput } from './application-input.ts';
import { eventView, formView } from './form-view.ts';

/** What a delegation's link opens: what it may apply for, and everybody it has applied for. */
export const findOwnDelegation = publicProcedure
  .input(z.object({ secret: linkSecretInput }))
  .query(async ({ ctx, input }) => {
    const found = await findDelegationByLink(ctx.db, input.secret);
    if (!found) refuse('not_found');
    const { delegation, event } = found;
    const [forms, applied] = await Promise.all([
      listDelegationForms(ctx.db, delegation.id),
      listDelegationApplications(ctx.db, delegation.id),
    ]);
    const typeNos = new Map(forms.map(({ type }) => [type.id, type.no]));
    return {
      event: eventView(event),
      name: delegation.name,
      isOpen: delegation.state === 'open',
      forms: forms.map(({ type, form, quantity, used }) => ({
        ...formView(type, form, ctx.now),
        ...{ quantity, used },
      })),
      applications: applied.map((row) => ({
        ...{ publicId: row.publicId, state: row.state, name: row.name, message: row.message },
        typeNo: typeNos.get(row.typeId) ?? null,
        link: ctx.links.application(row.publicId),
        createdAt: row.createdAt,
      })),
    };
  });

/** The public form of a credential type. */
export const findForm = publicProcedure
  .input(z.object({ eventSlug: z.string().min(1).max(200), typeNo: z.number().int().min(1) }))
  .query(async ({ ctx, input }) => {
    const found = await findPublicForm(ctx.db, input.eventSlug, input.typeNo);
    if (!found) refuse('not_found');
    return { event: eventView(found.event), form: formView(found.type, found.form, ctx.now) };
  });

import {
  findApplication,
  type FoundApplication,
  mendApplication as mend,
  withdrawApplication as withdraw,
} from '@catraca/db';
import { stateAfter } from '@catraca/domain/accreditation';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { publicProcedure } from '../trpc.ts';
import { fieldsInput, photoInput } from './application-input.ts';
import { checkSubmission } from './check-submission.ts';
import { eventView, formView } from './form-view.ts';

/** The two parts of an application's signed link. */
const applicationLinkInput = z.object({ publicId: z.uuid(), key: z.string().max(100) });

/** The application that a signed link opens; `not_found` when there is none, or the key is wrong. */
async function applicationByLink(
  { db, links }: Pick<ApiContext, 'db' | 'links'>,
  { publicId, key }: z.infer<typeof applicationLinkInput>,
): Promise<FoundApplication & { form: NonNullable<FoundApplication['form']> }> {
  if (!links.isApplicationKey(publicId, key)) refuse('not_found');
  const found = await findApplication(db, publicId);
  return found?.form ? { ...found, form: found.form } : refuse('not_found');
}

/** An application for whoever has its link: how it stands, and what was typed. */
export const viewApplication = publicProcedure
  .input(applicationLinkInput)
  .query(async ({ ctx, input }) => {
    const { application, event, type, form, delegation } = await applicationByLink(ctx, input);
    const { state, version, message, name, email, document, birthDate, answers } = application;
    return {
      ...{ state, version, message, hasPhoto: application.photoId !== null },
      event: eventView(event),
      form: formView(type, form, ctx.now),
      delegationName: delegation?.name ?? null,
      needsEmail: !delegation?.contactEmail,
      mayMend: stateAfter(state, 'mend') !== undefined,
      fields: {
        name,
        email: email ?? '',
        document: document ?? '',
        birthDate: birthDate ?? '',
        answers,
      },
    };
  });

/** Mends an application. `version`: the one that is mended. */
export const mendApplication = publicProcedure
  .input(
    applicationLinkInput.extend({
      version: z.number().int(),
      fields: fieldsInput,
      photo: photoInput,
    }),
  )
  .mutation(async ({ ctx, input }) => {
    if (!ctx.applying.take(ctx.buyer.networkKey, ctx.now)) refuse('too_often');
    const { application, event, form, delegation } = await applicationByLink(ctx, input);
    const checked = await checkSubmission(input, form, {
      ...{ now: ctx.now, timeZone: event.timeZone, hasPhoto: application.photoId !== null },
      needsEmail: !delegation?.contactEmail,
    });
    if ('problems' in checked) return { ok: false as const, problems: checked.problems };
    const edition = { id: application.id, version: input.version };
    const result = await mend(ctx.db, edition, checked, ctx.now);
    if (result.ok) return { ok: true as const };
    return result.code === 'decided_already'
      ? refuse('decided_already', { state: result.state })
      : refuse(result.code === 'edited_meanwhile' ? 'edited_meanwhile' : 'not_found');
  });

/** Takes an application back. */
export const withdrawApplication = publicProcedure
  .input(applicationLinkInput)
  .mutation(async ({ ctx, input }) => {
    const { application } = await applicationByLink(ctx, input);
    const result = await withdraw(ctx.db, application.id);
    if (result.ok) return;
    if (result.code === 'decided_already') refuse('decided_already', { state: result.state });
    refuse('not_found');
  });

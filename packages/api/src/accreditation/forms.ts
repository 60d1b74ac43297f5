import { countApplications, listCredentialTypes, saveForm as save } from '@catraca/db';
import { applicationLimits } from '@catraca/domain/accreditation';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

/** Questions of a form: nobody answers more. */
const questionsMax = 20;
const optionsMax = 30;
const labelLengthMax = 200;

const wordsInput = z.object({
  en: z.string().trim().min(1).max(labelLengthMax),
  'pt-br': z.string().trim().min(1).max(labelLengthMax).exactOptional(),
  es: z.string().trim().min(1).max(labelLengthMax).exactOptional(),
});

export const questionsInput = z
  .array(
    z.object({
      key: z.string().regex(/^[a-z0-9]{1,20}$/),
      label: wordsInput,
      kind: z.enum(['text', 'choice', 'yes_no']),
      required: z.boolean(),
      options: z
        .array(
          z.object({ ...wordsInput.shape, en: wordsInput.shape.en.max(applicationLimits.answer) }),
        )
        .max(optionsMax),
    }),
  )
  .max(questionsMax)
  .refine((questions) => new Set(questions.map(({ key }) => key)).size === questions.length);

/** An event's credential types with what applicants are asked, and how many applications wait. */
export const listForms = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const [types, counts] = await Promise.all([
    listCredentialTypes(ctx.db, event.id),
    countApplications(ctx.db, event.id),
  ]);
  return {
    types: types.map(({ type, form }) => ({
      ...{ id: String(type.id), no: type.no, name: type.name, colour: type.colour },
      form,
      link: ctx.links.publicForm(event.slug, type.no),
    })),
    counts: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
  };
});

/** Sets what applicants for a type are asked; `version` 0 for a form that is new. */
export const saveForm = memberProcedure
  .input(
    ownEventInput.extend({
      typeId: rowIdInput,
      version: z.number().int().min(0),
      draft: z
        .object({
          isPublic: z.boolean(),
          asksPhoto: z.boolean(),
          asksDocument: z.boolean(),
          asksBirthDate: z.boolean(),
          questions: questionsInput,
          opensAt: z.date().nullable(),
          closesAt: z.date().nullable(),
        })
        .refine(({ opensAt, closesAt }) => !opensAt || !closesAt || opensAt < closesAt, {
          path: ['closesAt'],
          message: 'closes_before_it_opens',
        }),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const where = { eventId: event.id, typeId: input.typeId };
    const saved = await save(ctx.db, where, input.draft, input.version, actorOf(ctx));
    if (saved.ok) return { version: saved.version };
    return refuse(saved.code === 'unknown_type' ? 'not_found' : saved.code);
  });

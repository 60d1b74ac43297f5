import { saveConfirmationRound } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

const messageLengthMax = 2_000;
const labelLengthMax = 200;
const optionsMax = 20;
const questionsMax = 20;

const words = (max: number) =>
  z.object({
    en: z.string().trim().min(1).max(max),
    'pt-br': z.string().trim().max(max).optional(),
    es: z.string().trim().max(max).optional(),
  });

const questionInput = z
  .object({
    key: z.string().regex(/^[a-z0-9_]{1,40}$/),
    label: words(labelLengthMax),
    kind: z.enum(['text', 'choice', 'yes_no']),
    required: z.boolean(),
    options: z.array(words(labelLengthMax)).max(optionsMax),
  })
  .refine(({ kind, options }) => kind !== 'choice' || options.length >= 2, {
    path: ['options'],
    message: 'a choice has two options or more',
  });

const roundInput = ownEventInput.extend({
  opensAt: z.date(),
  closesAt: z.date(),
  message: words(messageLengthMax),
  questions: z
    .array(questionInput)
    .max(questionsMax)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, {
      message: 'each question has a key of its own',
    }),
  /** Of the round it was made on; null for the first. */
  version: z.number().int().nullable(),
});

/** Sets what holders confirm before they come, and when. */
export const saveRound = memberProcedure.input(roundInput).mutation(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const { opensAt, closesAt, version } = input;
  const draft = {
    ...{ opensAt, closesAt, version, message: filled(input.message) },
    questions: input.questions.map(({ label, options, ...question }) => ({
      ...question,
      label: filled(label),
      options: options.map(filled),
    })),
  };
  const saved = await saveConfirmationRound(ctx.db, event.id, draft, actorOf(ctx));
  if (saved.ok) return { version: saved.version };
  return refuse(saved.code);
});

/** Without the languages nobody wrote in: readers of those get English. */
function filled(text: z.infer<ReturnType<typeof words>>) {
  return {
    en: text.en,
    ...(text['pt-br'] && { 'pt-br': text['pt-br'] }),
    ...(text.es && { es: text.es }),
  };
}

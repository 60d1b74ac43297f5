import { applicationLimits, photoUploadBytesMax } from '@catraca/domain/accreditation';
import { z } from 'zod';

/** More than a form's questions. */
const answersMax = 60;

/** Room to say that something is too long, rather than to refuse the whole. */
const text = (limit: number) => z.string().max(limit * 4);

/** What is typed into a form; what is wrong with it `checkApplication` says, field by field. */
export const fieldsInput = z.object({
  name: text(applicationLimits.name),
  email: text(applicationLimits.email),
  document: text(applicationLimits.document),
  birthDate: text(10),
  answers: z
    .record(z.string().max(40), text(applicationLimits.answer))
    .refine((answers) => Object.keys(answers).length <= answersMax),
});

/** The bytes of a picture, and that its person agreed to it. */
export const photoInput = z
  .object({
    picture: z
      .instanceof(Uint8Array)
      .refine((bytes) => bytes.byteLength <= photoUploadBytesMax, 'too_large'),
    consent: z.boolean(),
  })
  .nullable();

export const localeInput = z.enum(['en', 'pt-br', 'es']);

/** Characters of a link's secret: ours have 43. */
const secretLengthMax = 100;

export const linkSecretInput = z.string().min(1).max(secretLengthMax);

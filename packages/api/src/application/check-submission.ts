import type { Photo } from '@catraca/db';
import {
  type ApplicationFields,
  checkApplication,
  type FieldProblem,
  type FormRules,
} from '@catraca/domain/accreditation';
import { makePhoto, type PhotoProblem } from './make-photo.ts';

/** By field, as `checkApplication` names them, and `photo`. */
export type SubmissionProblems = Record<string, FieldProblem | PhotoProblem | 'no_consent'>;

interface Submission {
  fields: ApplicationFields;
  photo: { picture: Uint8Array; consent: boolean } | null;
}

interface Circumstances {
  now: Date;
  timeZone: string;
  /** Nobody else could be written to. */
  needsEmail: boolean;
  /** One was sent before. */
  hasPhoto: boolean;
}

/** What is right: fields that the form asks, and the photo as it is kept. Or what is wrong, field by field. */
export async function checkSubmission(
  { fields: typed, photo: sent }: Submission,
  form: FormRules,
  { now, timeZone, needsEmail, hasPhoto }: Circumstances,
): Promise<{ fields: ApplicationFields; photo: Photo | null } | { problems: SubmissionProblems }> {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  const fields = askedFor(typed, form);
  const problems: SubmissionProblems = checkApplication(fields, form, { today, needsEmail });
  const photo = form.asksPhoto ? await checkPhoto(sent, hasPhoto) : null;
  if (typeof photo === 'string') problems['photo'] = photo;
  if (typeof photo === 'string' || Object.keys(problems).length > 0) return { problems };
  return { fields, photo };
}

async function checkPhoto(
  sent: Submission['photo'],
  hasPhoto: boolean,
): Promise<Photo | null | SubmissionProblems[string]> {
  if (!sent) return hasPhoto ? null : 'missing';
  return sent.consent ? makePhoto(sent.picture) : 'no_consent';
}

/** Nothing is kept that the form does not ask. */
function askedFor(fields: ApplicationFields, form: FormRules): ApplicationFields {
  const { name, email } = fields;
  const answers = form.questions.flatMap(({ key }): [string, string][] => {
    const answer = fields.answers[key]?.trim() ?? '';
    return answer === '' ? [] : [[key, answer]];
  });
  return {
    name: name.trim(),
    email: email.trim(),
    document: form.asksDocument ? fields.document.trim() : '',
    birthDate: form.asksBirthDate ? fields.birthDate.trim() : '',
    answers: Object.fromEntries(answers),
  };
}

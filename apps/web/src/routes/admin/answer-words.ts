import type { Question } from '@catraca/domain/accreditation';
import { localized } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';

/** An answer as its reader would say it: what is kept of a choice is its English words. */
export function answerWords(
  { kind, options }: Pick<Question, 'kind' | 'options'>,
  answer: string,
): string {
  if (kind === 'yes_no' && answer === 'yes') return m.acc_field_yes();
  if (kind === 'yes_no' && answer === 'no') return m.acc_field_no();
  const option = options.find(({ en }) => en === answer);
  return option ? localized(option) : answer;
}

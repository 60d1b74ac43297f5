import { instantOf } from '@catraca/domain';
import type { Question } from '@catraca/domain/accreditation';

/** A question as it is typed. */
export interface QuestionDraft {
  key: string;
  en: string;
  ptBr: string;
  es: string;
  kind: Question['kind'];
  required: boolean;
  /** One a line: English / Portuguese / Spanish. */
  options: string;
}

/** Words of each language that has some. */
function wordsOf(en: string, ptBr = '', es = ''): Question['label'] {
  return {
    en: en.trim(),
    ...(ptBr.trim() && { 'pt-br': ptBr.trim() }),
    ...(es.trim() && { es: es.trim() }),
  };
}

export function draftOfQuestion({ key, label, kind, required, options }: Question): QuestionDraft {
  const lines = options.map((option) => {
    const { en, 'pt-br': ptBr = '', es = '' } = option;
    return ptBr || es ? [en, ptBr, es].join(' / ') : en;
  });
  return {
    ...{ key, kind, required, options: lines.join('\n') },
    ...{ en: label.en, ptBr: label['pt-br'] ?? '', es: label.es ?? '' },
  };
}

export function readQuestion(draft: QuestionDraft): Question {
  const { key, kind, required } = draft;
  const lines = draft.options.split('\n').filter((line) => line.trim() !== '');
  const options = lines.map((line) => {
    const [en = '', ptBr, es] = line.split('/');
    return wordsOf(en, ptBr, es);
  });
  const label = wordsOf(draft.en, draft.ptBr, draft.es);
  return { key, kind, required, label, options: kind === 'choice' ? options : [] };
}

/** A key that no question of the form has, nor had. */
export function newKey(): string {
  return `q${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`;
}

/** An instant as `datetime-local` takes it, on the clocks of a zone; empty for none. */
export function localText(at: Date | null, timeZone: string): string {
  if (!at) return '';
  // Swedish dates are ISO's.
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  });
  return format.format(at).replace(' ', 'T');
}

export function readLocal(text: string, timeZone: string): Date | null {
  const [date, time] = text.split('T');
  if (!date || !time || Number.isNaN(Date.parse(`${text}:00Z`))) return null;
  return new Date(instantOf({ date, time: time.slice(0, 5) }, timeZone));
}

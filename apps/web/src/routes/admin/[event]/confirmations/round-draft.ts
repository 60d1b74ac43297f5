import type { RouterOutputs } from '@catraca/api';
import { readWords, wordsDraft, type WordsDraft } from '../../words-draft.ts';
import { momentText, readMoment } from '../types/grid.ts';

export type Round = NonNullable<RouterOutputs['confirmation']['get']['round']>;
type Question = Round['questions'][number];

export interface QuestionDraft {
  key: string;
  label: WordsDraft;
  kind: Question['kind'];
  required: boolean;
  /** An option a line. */
  options: string;
}

export interface RoundDraft {
  opens: string;
  closes: string;
  message: WordsDraft;
  questions: QuestionDraft[];
}

export function roundDraft(round: Round | null, timeZone: string): RoundDraft {
  return {
    opens: round ? momentText(round.opensAt, timeZone) : '',
    closes: round ? momentText(round.closesAt, timeZone) : '',
    message: wordsDraft(round?.message),
    questions: (round?.questions ?? []).map(({ label, options, ...question }) => ({
      ...question,
      label: wordsDraft(label),
      options: options.map(({ en }) => en).join('\n'),
    })),
  };
}

/** A question's key is its own for ever: it names the answers. */
export function newQuestion(known: readonly QuestionDraft[]): QuestionDraft {
  const highest = Math.max(0, ...known.map(({ key }) => Number(/^q(\d+)$/.exec(key)?.[1] ?? 0)));
  return {
    key: `q${highest + 1}`,
    label: wordsDraft(),
    kind: 'text',
    required: false,
    options: '',
  };
}

export type RoundProblem = 'opens' | 'closes' | 'message' | `label${number}` | `options${number}`;

/** The draft as the API takes it, or which fields are not right yet. */
export function readRound(draft: RoundDraft, timeZone: string, languages: readonly string[]) {
  const [opensAt, closesAt] = [
    readMoment(draft.opens, timeZone),
    readMoment(draft.closes, timeZone),
  ];
  const message = readWords(draft.message, languages);
  const questions = draft.questions.map(({ key, label, kind, required, options }) => ({
    ...{ key, kind, required, label: readWords(label, languages) },
    options: kind === 'choice' ? optionsOf(options) : [],
  }));
  const problems: RoundProblem[] = [
    ...(opensAt ? [] : ['opens' as const]),
    ...(closesAt && (!opensAt || opensAt < closesAt) ? [] : ['closes' as const]),
    ...(message.en === '' ? ['message' as const] : []),
    ...questions.flatMap(({ label }, no) => (label.en === '' ? [`label${no}` as const] : [])),
    ...questions.flatMap(({ kind, options }, no) =>
      kind === 'choice' && options.length < 2 ? [`options${no}` as const] : [],
    ),
  ];
  if (!opensAt || !closesAt || problems.length > 0) return { ok: false as const, problems };
  return { ok: true as const, value: { opensAt, closesAt, message, questions } };
}

function optionsOf(text: string) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((en) => ({ en }));
}

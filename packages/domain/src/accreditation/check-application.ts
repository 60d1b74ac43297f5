import { documentIdentity } from './identity.ts';
import type { Question } from './question.ts';

/** What an applicant types. */
export interface ApplicationFields {
  name: string;
  /** Empty when nobody gave one: then the delegation's contact is written to. */
  email: string;
  document: string;
  /** YYYY-MM-DD */
  birthDate: string;
  /** By the question's key; `yes` and `no` for a question of that kind, the option's English words for a choice. */
  answers: Record<string, string>;
}

/** What a form asks. */
export interface FormRules {
  asksPhoto: boolean;
  asksDocument: boolean;
  asksBirthDate: boolean;
  questions: readonly Question[];
}

/** Characters of what is typed. */
export const applicationLimits = { name: 120, email: 254, document: 40, answer: 500 } as const;

export type FieldProblem = 'missing' | 'malformed' | 'too_long' | 'not_an_option';

/** By `name`, `email`, `document`, `birthDate` and `answers.<key>`. */
export type ApplicationProblems = Record<string, FieldProblem>;

/** Nobody who applies is older. */
const yearMin = 1900;

/** What is wrong with what was typed, for each field (SPEC X-4). `today`: YYYY-MM-DD, where the event is. */
export function checkApplication(
  fields: ApplicationFields,
  form: FormRules,
  { today, needsEmail }: { today: string; needsEmail: boolean },
): ApplicationProblems {
  const problems: ApplicationProblems = {};
  const set = (field: string, problem: FieldProblem | undefined) => {
    if (problem) problems[field] = problem;
  };
  set('name', problemOfText(fields.name, applicationLimits.name, true));
  set('email', problemOfEmail(fields.email, needsEmail));
  if (form.asksDocument) set('document', problemOfDocument(fields.document));
  if (form.asksBirthDate) set('birthDate', problemOfBirthDate(fields.birthDate, today));
  return { ...problems, ...checkAnswers(fields.answers, form.questions) };
}

/** What is wrong with answers, by `answers.<key>`. */
export function checkAnswers(
  answers: Readonly<Record<string, string>>,
  questions: readonly Question[],
): ApplicationProblems {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const problem = problemOfAnswer(answers[question.key] ?? '', question);
      return problem ? [[`answers.${question.key}`, problem]] : [];
    }),
  );
}

function problemOfText(text: string, max: number, required: boolean): FieldProblem | undefined {
  if (text.trim() === '') return required ? 'missing' : undefined;
  return text.trim().length > max ? 'too_long' : undefined;
}

function problemOfEmail(email: string, required: boolean): FieldProblem | undefined {
  const problem = problemOfText(email, applicationLimits.email, required);
  if (problem || email.trim() === '') return problem;
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : 'malformed';
}

function problemOfDocument(document: string): FieldProblem | undefined {
  const problem = problemOfText(document, applicationLimits.document, true);
  return problem ?? (documentIdentity(document).length < 4 ? 'malformed' : undefined);
}

function problemOfBirthDate(date: string, today: string): FieldProblem | undefined {
  if (date.trim() === '') return 'missing';
  const instant = new Date(`${date}T00:00:00Z`);
  const isDate =
    /^\d{4}-\d{2}-\d{2}$/.test(date) &&
    !Number.isNaN(instant.getTime()) &&
    instant.toISOString().startsWith(date);
  return isDate && Number(date.slice(0, 4)) >= yearMin && date < today ? undefined : 'malformed';
}

function problemOfAnswer(answer: string, question: Question): FieldProblem | undefined {
  const problem = problemOfText(answer, applicationLimits.answer, question.required);
  if (problem || answer === '') return problem;
  const options = optionsOf(question);
  return options && !options.includes(answer) ? 'not_an_option' : undefined;
}

/** What may be answered; undefined where anything may. */
function optionsOf(question: Question): string[] | undefined {
  if (question.kind === 'yes_no') return ['yes', 'no'];
  return question.kind === 'choice' ? question.options.map(({ en }) => en) : undefined;
}

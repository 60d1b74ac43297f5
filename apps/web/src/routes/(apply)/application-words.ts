import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import { apiError } from '#lib/trpc.ts';

export type ApplicationState = RouterOutputs['application']['view']['state'];
type Problems = Extract<RouterOutputs['application']['submit'], { ok: false }>['problems'];

/** How an application stands, as its applicant is told. */
export const applicationStates: Record<
  ApplicationState,
  { name: () => string; tone: 'good' | 'quiet' | 'notice' }
> = {
  submitted: { name: m.acc_apply_state_submitted, tone: 'quiet' },
  asked: { name: m.acc_apply_state_asked, tone: 'notice' },
  approved: { name: m.acc_apply_state_approved, tone: 'good' },
  rejected: { name: m.acc_apply_state_rejected, tone: 'quiet' },
  withdrawn: { name: m.acc_apply_state_withdrawn, tone: 'quiet' },
};

const malformed: Record<string, () => string> = {
  email: m.acc_problem_email,
  document: m.acc_problem_document,
  birthDate: m.acc_problem_birth,
};

/** What is wrong with a field, in words. */
export function problemOf(problems: Problems, field: string): string | undefined {
  switch (problems[field]) {
    case 'missing':
      return m.acc_problem_missing();
    case 'too_long':
      return m.acc_problem_too_long();
    case 'not_an_option':
      return m.acc_problem_option();
    case 'malformed':
      return (malformed[field] ?? m.acc_problem_missing)();
    case 'not_a_picture':
      return m.acc_problem_not_a_picture();
    case 'too_small':
      return m.acc_problem_too_small();
    case 'no_consent':
      return m.acc_problem_no_consent();
    case undefined:
      return undefined;
    default:
      return m.acc_problem_missing();
  }
}

/** Why an application was not taken. */
export function refusalWords(error: unknown): string {
  switch (apiError(error)?.refusal) {
    case 'not_open':
    case 'not_found':
      return m.acc_refused_not_open();
    case 'quota_full':
      return m.acc_refused_quota_full();
    case 'too_often':
      return m.acc_refused_too_often();
    case 'decided_already':
      return m.acc_refused_decided();
    case 'edited_meanwhile':
      return m.acc_refused_edited();
    default:
      return m.acc_refused_failed();
  }
}

import type { Draft } from './draft.svelte.ts';
import type { HolderSlot } from './holder-slots.ts';

/** What keeps an order from being begun, field by field. */
export interface DraftProblems {
  name?: 'missing';
  email?: 'missing' | 'malformed';
  /** Keys of slots that are for somebody else whose name is not there. */
  unnamed: string[];
}

/** Enough to catch what was not meant as an address; the mail itself is the proof. */
const emailShape = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;

type Typed = Pick<Draft, 'name' | 'email' | 'isForBuyer' | 'nameOf'>;

export function checkDraft(draft: Typed, slots: readonly HolderSlot[]): DraftProblems {
  const email = draft.email.trim();
  const emailProblem = email === '' ? 'missing' : emailShape.test(email) ? undefined : 'malformed';
  return {
    ...(draft.name.trim() === '' && { name: 'missing' }),
    ...(emailProblem && { email: emailProblem }),
    unnamed: slots
      .filter((slot) => !draft.isForBuyer(slot) && draft.nameOf(slot) === '')
      .map((slot) => slot.key),
  };
}

/** How many fields need another look. */
export function countProblems(problems: DraftProblems): number {
  return Number('name' in problems) + Number('email' in problems) + problems.unnamed.length;
}

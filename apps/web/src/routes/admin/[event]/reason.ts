import { m } from '#lib/paraglide/messages.js';

/** A letter or two is no reason. */
const reasonLettersMin = 3;

/** What is wrong with a reason that was typed, for the errors of a form. */
export function reasonFault(reason: string): { reason?: string } {
  return reason.trim().length < reasonLettersMin ? { reason: m.admin_reason_needed() } : {};
}

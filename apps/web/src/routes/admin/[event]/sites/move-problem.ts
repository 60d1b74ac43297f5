import { m } from '#lib/paraglide/messages.js';
import { apiError } from '#lib/trpc.ts';

/** Why the judging did not move. */
export function moveProblem(error: unknown): string {
  switch (apiError(error)?.refusal) {
    case 'not_holder':
    case 'judges_already':
    case 'not_shared':
      return m.sites_authority_moved();
    case 'no_more_epochs':
      return m.sites_no_more_epochs();
    default:
      return m.admin_not_done();
  }
}

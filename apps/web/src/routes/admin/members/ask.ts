import { m } from '#lib/paraglide/messages.js';
import { apiError } from '#lib/trpc.ts';

/** Why the API did not do it, in words; null when it did. */
export async function problemOf(asked: Promise<unknown>): Promise<string | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    const said = apiError(error);
    if (said?.fields) return m.members_problem_input();
    switch (said?.refusal) {
      case 'last_owner':
        return m.members_problem_last_owner();
      case 'beyond_role':
        return m.members_problem_beyond_role();
      case 'already_member':
        return m.members_problem_already();
      case 'not_found':
        return m.members_problem_gone();
      case 'edited_meanwhile':
        return m.members_problem_edited();
      default:
        return m.admin_not_done();
    }
  }
}

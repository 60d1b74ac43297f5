import { fail } from '@sveltejs/kit';
import { textOf, throttled } from '#lib/server/auth/account-acts.ts';
import { services } from '#lib/server/services.ts';
import type { Actions } from './$types';

/** Characters of an e-mail address (RFC 5321). */
const emailLengthMax = 254;

export const actions: Actions = {
  default: async (event) => {
    const email = textOf(await event.request.formData(), 'email')
      .trim()
      .toLowerCase();
    if (!email.includes('@') || email.length > emailLengthMax) {
      return fail(400, { problem: 'incomplete' as const, email });
    }
    const tooMany = await throttled(event, `reset:${email}`);
    if (tooMany) return fail(429, { ...tooMany, email });
    const { accounts } = await services();
    await accounts.askForReset(email);
    // The same words whether there is such an account or not.
    return { asked: true as const, email };
  },
};

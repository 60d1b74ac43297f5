import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  clientOf,
  hashPassword,
  refuseNewPassword,
  textOf,
  throttled,
} from '#lib/server/auth/account-acts.ts';
import { services } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whether this site made the link, and it is still good. */
async function isGood({ params, url }: RequestEvent<{ id: string }>): Promise<boolean> {
  const { accounts, links } = await services();
  const key = url.searchParams.get('key') ?? '';
  return links.isPasswordResetKey(params.id, key) && accounts.isResetOpen(params.id);
}

export const load: PageServerLoad = async (event) => ({ isGood: await isGood(event) });

export const actions: Actions = {
  default: async (event) => {
    const tooMany = await throttled(event, `reset-link:${event.params.id}`);
    if (tooMany) return fail(429, tooMany);
    if (!(await isGood(event))) return fail(410, { problem: 'ended' as const });
    const form = await event.request.formData();
    const password = textOf(form, 'password');
    const problem = refuseNewPassword(password, textOf(form, 'again'));
    if (problem) return fail(400, problem);
    const { accounts } = await services();
    const request = { resetId: event.params.id, passwordHash: await hashPassword(password) };
    const result = await accounts.resetPassword(request, clientOf(event));
    if (!result.ok) return fail(410, { problem: 'ended' as const });
    redirect(303, '/sign-in?reset');
  },
};

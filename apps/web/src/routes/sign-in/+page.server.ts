import { fail, redirect } from '@sveltejs/kit';
import { APIError } from 'better-auth/api';
import { homeOf } from '#lib/page-roles.ts';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { keepCookies } from '#lib/server/auth/keep-cookies.ts';
import { ownPath } from '#lib/server/auth/own-path.ts';
import { wayIn } from '#lib/server/auth/require-room.ts';
import { services } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const { member, standing } = locals.api;
  if (member) redirect(303, ownPath(url.searchParams.get('to')) ?? homeOf(member.role));
  if (standing !== 'nobody') redirect(303, wayIn[standing] + url.search);
  return { to: url.search, isReset: url.searchParams.has('reset') };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const email = String(form.get('email') ?? '').trim();
    const password = String(form.get('password') ?? '');
    if (!email || !password) return fail(400, { problem: 'incomplete' as const, email });

    const { auth } = await services();
    let isOpen: boolean;
    try {
      const { headers, response } = await auth.api.signInEmail({
        body: { email, password },
        headers: authHeaders(event),
        returnHeaders: true,
      });
      keepCookies(headers, event.cookies);
      isOpen = 'twoFactorRedirect' in response;
    } catch (refusal) {
      if (!(refusal instanceof APIError)) throw refusal;
      return fail(refusal.statusCode, { ...describe(refusal), email });
    }
    // The page itself knows where this member goes next.
    redirect(303, (isOpen ? wayIn.factor_open : event.url.pathname) + event.url.search);
  },
};

/** A wrong e-mail and a wrong password are the same answer: it must not tell who has an account. */
function describe(refusal: APIError) {
  if (refusal.body?.code === 'NO_ORGANIZATION') return { problem: 'no_organization' as const };
  const seconds = Number(refusal.body?.['retryAfterSeconds'] ?? 0);
  if (seconds > 0) return { problem: 'too_many_tries' as const, minutes: Math.ceil(seconds / 60) };
  return { problem: 'wrong' as const };
}

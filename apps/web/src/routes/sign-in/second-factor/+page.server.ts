import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { APIError } from 'better-auth/api';
import { homeOf } from '#lib/page-roles.ts';
import { problemOf, textOf, throttled } from '#lib/server/auth/account-acts.ts';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { keepCookies } from '#lib/server/auth/keep-cookies.ts';
import { ownPath } from '#lib/server/auth/own-path.ts';
import { recordFailedFactor, recordSignIn } from '#lib/server/auth/record-sign-in.ts';
import { findChallenge } from '#lib/server/auth/find-challenge.ts';
import { services } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types';

/** What is open: a code, for who has an authenticator app; or a passkey alone, for who has no other factor. */
export const load: PageServerLoad = async (event) => {
  const { member, standing } = event.locals.api;
  if (member) redirect(303, ownPath(event.url.searchParams.get('to')) ?? homeOf(member.role));
  const takesCode = (await findChallenge(event)) !== undefined;
  if (!takesCode && standing !== 'factor_open') redirect(303, `/sign-in${event.url.search}`);
  return { takesCode };
};

export const actions: Actions = {
  code: (event) =>
    show(event, 'totp', async (code) => {
      const { auth } = await services();
      const body = { code: code.replaceAll(/\s/g, '') };
      return auth.api.verifyTOTP({ body, headers: authHeaders(event), returnHeaders: true });
    }),
  recovery: (event) =>
    show(event, 'recovery_code', async (code) => {
      const { auth } = await services();
      const headers = authHeaders(event);
      return auth.api.verifyBackupCode({
        body: { code: code.trim() },
        headers,
        returnHeaders: true,
      });
    }),
};

async function show(
  event: RequestEvent,
  method: 'totp' | 'recovery_code',
  verify: (code: string) => Promise<{ headers: Headers }>,
) {
  const code = textOf(await event.request.formData(), 'code');
  if (!code.trim()) return fail(400, { method, problem: 'incomplete' as const });
  const challenge = await findChallenge(event);
  // A session would be asked about its own factor, which is not what this page is for.
  if (!challenge || event.locals.signedIn) return fail(400, { method, problem: 'ended' as const });
  const tooMany = await throttled(event, `second-factor:${challenge.userId}`);
  if (tooMany) return fail(429, { method, ...tooMany });
  try {
    const { headers } = await verify(code);
    keepCookies(headers, event.cookies);
  } catch (refusal) {
    if (!(refusal instanceof APIError)) throw refusal;
    await recordFailedFactor(event, challenge.userId, method);
    return fail(refusal.statusCode, { method, ...problemOf(refusal) });
  }
  await recordSignIn(event, challenge.userId, method);
  redirect(303, `/sign-in${event.url.search}`);
}

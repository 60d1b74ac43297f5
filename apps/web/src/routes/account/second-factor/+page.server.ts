import { qrShape } from '@catraca/documents';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { APIError } from 'better-auth/api';
import {
  note,
  problemOf,
  refusePassword,
  textOf,
  throttled,
} from '#lib/server/auth/account-acts.ts';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import type { SignedIn } from '#lib/server/auth/find-signed-in.ts';
import { keepCookies } from '#lib/server/auth/keep-cookies.ts';
import { mayAddFactor } from '#lib/server/auth/may-add-factor.ts';
import { wayIn } from '#lib/server/auth/require-room.ts';
import { services } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types';

function own({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): SignedIn {
  const { signedIn } = locals;
  if (mayAddFactor(signedIn)) return signedIn;
  redirect(303, `${wayIn[locals.api.standing]}?to=${encodeURIComponent(url.pathname)}`);
}

export const load: PageServerLoad = async (event) => {
  const { standing, member } = own(event);
  const { accounts } = await services();
  const { hasTotp } = await accounts.read(member.userId);
  return { hasTotp, isAsked: standing === 'factor_missing', role: member.role };
};

export const actions: Actions = {
  /** The password was given: the secret for the app. It does not count before a code of it was shown. */
  begin: async (event) => {
    const signedIn = own(event);
    const password = textOf(await event.request.formData(), 'current');
    const problem = await refusePassword(event, signedIn, password);
    if (problem) return fail(400, { step: 'password' as const, ...problem });
    const { auth } = await services();
    const headers = authHeaders(event);
    try {
      const begun = await auth.api.enableTwoFactor({ body: { password }, headers });
      if (!('totpURI' in begun)) throw new Error('a secret was made');
      return { step: 'code' as const, ...shown(begun.totpURI) };
    } catch (refusal) {
      if (!(refusal instanceof APIError)) throw refusal;
      // There is one already: in another window, perhaps.
      return fail(409, { step: 'password' as const, problem: 'not_done' as const });
    }
  },

  /** A code of the app: from now on it is asked for. The recovery codes are shown this once. */
  confirm: async (event) => {
    const signedIn = own(event);
    const form = await event.request.formData();
    const uri = textOf(form, 'uri');
    const step = 'code' as const;
    const again = { step, ...shown(uri) };
    const tooMany = await throttled(event, `set-up:${signedIn.member.userId}`);
    if (tooMany) return fail(429, { ...again, ...tooMany });
    const { auth } = await services();
    try {
      const { headers } = await auth.api.verifyTOTP({
        body: { code: textOf(form, 'code').replaceAll(/\s/g, '') },
        ...{ headers: authHeaders(event), returnHeaders: true },
      });
      keepCookies(headers, event.cookies);
    } catch (refusal) {
      if (!(refusal instanceof APIError)) throw refusal;
      return fail(refusal.statusCode, { ...again, ...problemOf(refusal) });
    }
    await note(event, signedIn, { action: 'account.addFactor', after: { factor: 'totp' } });
    const { userId } = signedIn.member;
    const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId } });
    return { step: 'done' as const, codes: backupCodes };
  },
};

/** The secret as a code to scan, and as text to type. It comes back with the form: it is the person's own. */
function shown(uri: string) {
  const secret = /[?&]secret=([A-Z2-7]+)/.exec(uri)?.[1] ?? '';
  return { uri, secret, qr: secret ? qrShape(uri) : null };
}

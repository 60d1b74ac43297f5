import { APIError } from 'better-auth/api';
import { z } from 'zod';
import { actorOfSession, throttled } from '#lib/server/auth/account-acts.ts';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { keepCookies } from '#lib/server/auth/keep-cookies.ts';
import { recordSignIn } from '#lib/server/auth/record-sign-in.ts';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** What a browser needs to show a passkey. The owner's finger, face or PIN is asked for: the passkey is two factors. */
export const GET: RequestHandler = async (event) => {
  const { auth } = await services();
  const { headers, response } = await auth.api.generatePasskeyAuthenticationOptions({
    headers: authHeaders(event),
    returnHeaders: true,
  });
  keepCookies(headers, event.cookies);
  return Response.json({ ...response, userVerification: 'required' });
};

const assertion = z.looseObject({
  ...{ clientDataJSON: z.string(), authenticatorData: z.string(), signature: z.string() },
});

const shown = z.object({
  response: z.looseObject({
    ...{ id: z.string(), rawId: z.string(), type: z.literal('public-key') },
    ...{ response: assertion, clientExtensionResults: z.looseObject({}) },
  }),
});

/** Signs in whoever shows a passkey. The session's token is told to no script. */
export const POST: RequestHandler = async (event) => {
  const body = shown.safeParse(await event.request.json().catch(() => null));
  if (!body.success) return Response.json({ error: 'malformed' }, { status: 400 });
  if (await throttled(event, 'passkey')) {
    return Response.json({ error: 'too_many_tries' }, { status: 429 });
  }
  const { auth, accounts, signInThrottle: throttle } = await services();
  const before = event.locals.signedIn;
  try {
    const { headers, response } = await auth.api.verifyPasskeyAuthentication({
      body: { response: body.data.response },
      headers: authHeaders(event),
      returnHeaders: true,
    });
    throttle.succeeded({ email: 'passkey', address: event.getClientAddress() });
    keepCookies(headers, event.cookies);
    await recordSignIn(event, response.user.id, 'passkey');
    // The one that the password began has no use any more.
    if (before) {
      const which = { userId: before.member.userId, sessionId: before.sessionId };
      await accounts.endSession(which, actorOfSession(event, before));
    }
  } catch (refusal) {
    if (!(refusal instanceof APIError)) throw refusal;
    return Response.json({ error: 'refused' }, { status: 401 });
  }
  return Response.json({ ok: true });
};

import { APIError } from 'better-auth/api';
import { z } from 'zod';
import { note, refusePassword } from '#lib/server/auth/account-acts.ts';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { keepCookies } from '#lib/server/auth/keep-cookies.ts';
import { mayAddFactor } from '#lib/server/auth/may-add-factor.ts';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** Either the password, which is answered with what the browser needs; or the new passkey. */
const asked = z.union([
  z.object({ password: z.string().max(200) }),
  z.object({
    name: z.string().trim().min(1).max(60),
    response: z.record(z.string(), z.unknown()),
  }),
]);

export const POST: RequestHandler = async (event) => {
  const { signedIn } = event.locals;
  if (!mayAddFactor(signedIn)) return Response.json({ problem: 'not_done' }, { status: 401 });
  const body = asked.safeParse(await event.request.json().catch(() => null));
  if (!body.success) return Response.json({ problem: 'incomplete' }, { status: 400 });
  const { auth, accounts } = await services();
  const headers = authHeaders(event);
  try {
    if ('password' in body.data) {
      const problem = await refusePassword(event, signedIn, body.data.password);
      if (problem) return Response.json(problem, { status: 400 });
      const options = await auth.api.generatePasskeyRegistrationOptions({
        headers,
        returnHeaders: true,
      });
      keepCookies(options.headers, event.cookies);
      return Response.json(options.response);
    }
    await auth.api.verifyPasskeyRegistration({ body: body.data, headers });
    // Its owner has just shown it: for the others of their sessions they show it again.
    await accounts.strengthenSession(signedIn.sessionId);
    await note(event, signedIn, { action: 'account.addFactor', after: { factor: 'passkey' } });
  } catch (refusal) {
    if (!(refusal instanceof APIError)) throw refusal;
    return Response.json({ problem: 'not_done' }, { status: 400 });
  }
  return Response.json({ ok: true });
};

import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  actorOfSession,
  hashPassword,
  note,
  refuseNewPassword,
  refusePassword,
  textOf,
} from '#lib/server/auth/account-acts.ts';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { requireMember } from '#lib/server/auth/require-room.ts';
import type { SignedIn } from '#lib/server/auth/find-signed-in.ts';
import { services } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types';

/** Characters of a person's name. */
const nameLengthMax = 100;

export const load: PageServerLoad = async (event) => {
  const member = requireMember(event);
  const { accounts } = await services();
  const { sessionId, email } = own(event);
  const account = await accounts.read(member.userId);
  return {
    ...{ name: member.name, email, role: member.role, organization: member.organizationName },
    ...{ hasTotp: account.hasTotp, passkeys: account.passkeys },
    sessions: account.sessions.map((session) => ({ ...session, isThis: session.id === sessionId })),
  };
};

/** The session of a member: of nobody else. */
function own(event: Pick<RequestEvent, 'locals' | 'url'>): SignedIn {
  requireMember(event);
  const { signedIn } = event.locals;
  if (!signedIn) throw new Error('a member has a session');
  return signedIn;
}

export const actions: Actions = {
  rename: async (event) => {
    const signedIn = own(event);
    const name = textOf(await event.request.formData(), 'name').trim();
    if (!name || name.length > nameLengthMax) {
      return fail(400, { act: 'rename' as const, problem: 'incomplete' as const });
    }
    const { accounts } = await services();
    await accounts.rename(signedIn.member.userId, name, actorOfSession(event, signedIn));
    return { act: 'rename' as const, done: true };
  },

  password: async (event) => {
    const signedIn = own(event);
    const form = await event.request.formData();
    const password = textOf(form, 'password');
    const problem =
      (await refusePassword(event, signedIn, textOf(form, 'current'))) ??
      refuseNewPassword(password, textOf(form, 'again'));
    if (problem) return fail(400, { act: 'password' as const, ...problem });
    const { accounts } = await services();
    const { userId } = signedIn.member;
    const request = { userId, passwordHash: await hashPassword(password) };
    const act = { ...request, keepSessionId: signedIn.sessionId };
    await accounts.changePassword(act, actorOfSession(event, signedIn));
    return { act: 'password' as const, done: true };
  },

  removeFactor: async (event) => {
    const signedIn = own(event);
    const form = await event.request.formData();
    const act = 'removeFactor' as const;
    const problem = await refusePassword(event, signedIn, textOf(form, 'current'));
    if (problem) return fail(400, { act, ...problem });
    const { accounts } = await services();
    const { userId, organizationId } = signedIn.member;
    const which = { userId, passkeyId: textOf(form, 'passkey') || null };
    const by = actorOfSession(event, signedIn);
    const result = await accounts.removeFactor(organizationId, which, by);
    if (result.ok) return { act, done: true };
    const refused = result.code === 'factor_needed' ? 'factor_needed' : 'not_done';
    return fail(409, { act, problem: refused as 'factor_needed' | 'not_done' });
  },

  recoveryCodes: async (event) => {
    const signedIn = own(event);
    const act = 'recoveryCodes' as const;
    const password = textOf(await event.request.formData(), 'current');
    const problem = await refusePassword(event, signedIn, password);
    if (problem) return fail(400, { act, ...problem });
    const { auth } = await services();
    const { backupCodes } = await auth.api.generateBackupCodes({
      ...{ body: { password }, headers: authHeaders(event) },
    });
    await note(event, signedIn, { action: 'account.renewRecoveryCodes' });
    return { act, codes: backupCodes };
  },

  endSession: async (event) => {
    const signedIn = own(event);
    const sessionId = textOf(await event.request.formData(), 'session');
    const { accounts } = await services();
    const which = { userId: signedIn.member.userId, sessionId };
    await accounts.endSession(which, actorOfSession(event, signedIn));
    return { act: 'sessions' as const, done: true };
  },

  endAll: async (event) => {
    const signedIn = own(event);
    const { accounts } = await services();
    await accounts.endAllSessions(signedIn.member.userId, actorOfSession(event, signedIn));
    redirect(303, '/sign-in');
  },
};

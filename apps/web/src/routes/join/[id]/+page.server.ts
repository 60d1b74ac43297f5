import type { Acceptor } from '@catraca/db';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  clientOf,
  hashPassword,
  refuseNewPassword,
  textOf,
  throttled,
} from '#lib/server/auth/account-acts.ts';
import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { keepCookies } from '#lib/server/auth/keep-cookies.ts';
import { services } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types';

/** Characters of a person's name. */
const nameLengthMax = 100;

/** The invitation of a link that this site made, while it is good. */
async function findOwn({ params, url }: RequestEvent<{ id: string }>) {
  const { accounts, links } = await services();
  if (!links.isInvitationKey(params.id, url.searchParams.get('key') ?? '')) return undefined;
  return accounts.findInvitation(params.id);
}

export const load: PageServerLoad = async (event) => {
  const invitation = (await findOwn(event)) ?? null;
  const { signedIn } = event.locals;
  const isOwn = signedIn?.standing === 'member' && signedIn.email === invitation?.email;
  const key = encodeURIComponent(event.url.searchParams.get('key') ?? '');
  const signInTo = encodeURIComponent(event.url.pathname + event.url.search);
  return { invitation, isOwn, key, signInTo };
};

export const actions: Actions = {
  /** Somebody new chooses a name and a password. */
  create: async (event) => {
    const form = await event.request.formData();
    const name = textOf(form, 'name').trim().slice(0, nameLengthMax);
    const invitation = await findOwn(event);
    if (!invitation) return fail(410, { problem: 'ended' as const, name });
    const tooMany = await throttled(event, `join:${event.params.id}`);
    if (tooMany) return fail(429, { ...tooMany, name });
    if (!name) return fail(400, { problem: 'incomplete' as const, name });
    const password = textOf(form, 'password');
    const problem = refuseNewPassword(password, textOf(form, 'again'));
    if (problem) return fail(400, { ...problem, name });
    if (!(await accept(event, { name, passwordHash: await hashPassword(password) }))) {
      return fail(409, { problem: 'ended' as const, name });
    }
    const { auth } = await services();
    const { headers } = await auth.api.signInEmail({
      ...{ body: { email: invitation.email, password }, headers: authHeaders(event) },
      returnHeaders: true,
    });
    keepCookies(headers, event.cookies);
    redirect(303, '/sign-in');
  },
  /** Somebody who has an account here and is signed in. */
  join: async (event) => {
    const { signedIn } = event.locals;
    const invitation = await findOwn(event);
    if (!invitation || signedIn?.standing !== 'member' || signedIn.email !== invitation.email) {
      return fail(410, { problem: 'ended' as const, name: '' });
    }
    if (!(await accept(event, { userId: signedIn.member.userId }))) {
      return fail(409, { problem: 'ended' as const, name: '' });
    }
    redirect(303, '/sign-in');
  },
};

async function accept(event: RequestEvent<{ id: string }>, acceptor: Acceptor): Promise<boolean> {
  const { accounts } = await services();
  return (await accounts.acceptInvitation(event.params.id, acceptor, clientOf(event))).ok;
}

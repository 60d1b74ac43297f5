import { authHeaders } from '#lib/server/auth/auth-headers.ts';
import { keepCookies } from '#lib/server/auth/keep-cookies.ts';
import { services } from '#lib/server/services.ts';
import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Ends the session here and in the database: its cookie opens nothing any more, wherever a copy of it is. */
export const POST: RequestHandler = async (event) => {
  const { auth } = await services();
  const { headers } = await auth.api.signOut({ headers: authHeaders(event), returnHeaders: true });
  keepCookies(headers, event.cookies);
  redirect(303, '/sign-in');
};

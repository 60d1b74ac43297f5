import type { Cookies } from '@sveltejs/kit';
import { parseSetCookieHeader } from 'better-auth/cookies';

/** Carries cookies that better-auth answered with into SvelteKit's own answer, as they are. */
export function keepCookies(from: Headers, cookies: Cookies): void {
  for (const [name, cookie] of parseSetCookieHeader(from.getSetCookie().join(', '))) {
    cookies.set(name, cookie.value, {
      path: cookie.path ?? '/',
      // SvelteKit would say secure where better-auth, on plain http, said nothing.
      secure: cookie.secure ?? false,
      httpOnly: cookie.httponly ?? false,
      sameSite: cookie.samesite ?? 'lax',
      ...(cookie['max-age'] === undefined ? {} : { maxAge: cookie['max-age'] }),
    });
  }
}

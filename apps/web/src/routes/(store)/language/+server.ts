import { redirect } from '@sveltejs/kit';
import { ownPath } from '#lib/server/auth/own-path.ts';
import { cookieMaxAge, cookieName, isLocale } from '#lib/paraglide/runtime.js';
import type { RequestHandler } from './$types';

/** Remembers the language a visitor chose and sends them back to where they were. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  const locale = form.get('locale');
  const to = form.get('to');
  if (isLocale(locale)) {
    // The page's own code reads the same cookie, so that both speak one language.
    cookies.set(cookieName, locale, {
      httpOnly: false,
      maxAge: cookieMaxAge,
      sameSite: 'lax',
      secure: url.protocol === 'https:',
    });
  }
  redirect(303, (typeof to === 'string' && ownPath(to)) || '/');
};

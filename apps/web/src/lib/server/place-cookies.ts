import type { PlaceCookies } from '@catraca/api';
import type { Cookies } from '@sveltejs/kit';
import { WEB_ORIGIN } from '$app/env/private';

/** Longer than anybody waits. */
const maxAgeSeconds = 3 * 24 * 60 * 60;

/** Slugs have letters, digits and hyphens: what a cookie's name may have. */
const nameOf = (slug: string) => `catraca_place_${slug}`;

/** The buyer's places in cookies that no script can read. Over plain http (a venue's own network) they are not `secure`. */
export function placeCookies(cookies: Cookies): PlaceCookies {
  return {
    read: (slug) => cookies.get(nameOf(slug)),
    keep(slug, token) {
      cookies.set(nameOf(slug), token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: WEB_ORIGIN.startsWith('https:'),
        maxAge: maxAgeSeconds,
      });
    },
  };
}

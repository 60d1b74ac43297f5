import type { Cart } from '@catraca/api';
import { parsePublicId } from '@catraca/domain';
import type { Cookies } from '@sveltejs/kit';
import { WEB_ORIGIN } from '$app/env/private';

const cookieName = 'catraca_hold';

/** After a hold has ended the buyer is still told so, and can ask for the same again. */
const rememberedAfterEndMs = 60 * 60 * 1000;

/** The buyer's cart in a cookie that no script can read. Over plain http (a venue's own network) it is not `secure`. */
export function cartCookie(cookies: Cookies): Cart {
  const found = parsePublicId(cookies.get(cookieName));
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: WEB_ORIGIN.startsWith('https:'),
  } as const;
  return {
    holdPublicId: found.ok ? found.value : null,
    keep(holdPublicId, expiresAt) {
      const expires = new Date(expiresAt.getTime() + rememberedAfterEndMs);
      cookies.set(cookieName, holdPublicId, { ...options, expires });
    },
    forget: () => cookies.delete(cookieName, options),
  };
}

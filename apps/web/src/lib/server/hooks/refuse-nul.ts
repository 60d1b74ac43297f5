import type { Handle } from '@sveltejs/kit/hooks';

/** No address of ours has a NUL character, and PostgreSQL would not even look for one. */
export const refuseNul: Handle = ({ event, resolve }) => {
  if (!/%00/.test(event.url.pathname)) return resolve(event);
  const message = 'An address has no NUL character.';
  return Response.json({ error: 'malformed_address', message }, { status: 400 });
};

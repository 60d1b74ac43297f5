import type { Handle } from '@sveltejs/kit/hooks';

/**
 * Bytes of a request's body, as the server's own limit (BODY_SIZE_LIMIT's default) that ends one that lies about its
 * length. The largest honest one is a checkout of a few hundred names.
 */
const bodyBytesMax = 512 * 1024;

/** Answers before anybody reads a body that is too large. */
export const refuseLarge: Handle = ({ event, resolve }) => {
  const bytes = Number(event.request.headers.get('content-length') ?? 0);
  if (bytes <= bodyBytesMax) return resolve(event);
  const message = `A request may have ${bodyBytesMax} bytes.`;
  return Response.json({ error: 'too_large', message }, { status: 413 });
};

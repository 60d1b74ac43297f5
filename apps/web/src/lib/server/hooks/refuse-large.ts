import type { Handle } from '@sveltejs/kit/hooks';

/** Bytes of a request's body. The largest honest one of most is a checkout of a few hundred names. */
const bodyBytesMax = 512 * 1024;

/** Bytes where members send a file: 4 MB as JSON has it, and what stands around it. */
const uploadBytesMax = 6 * 1024 * 1024;

/** Procedures that take a file. Each has its own limit for it. */
const takesFile = /^\/trpc\/(?:(?:venuePlan|seatMap)\.(?:readFile|save)|event\.setPoster)$/;

/**
 * Answers before anybody reads a body that is too large. The server's own limit (BODY_SIZE_LIMIT, server.ts) ends one that lies about
 * its length; one that says none is taken only where a file is.
 */
export const refuseLarge: Handle = ({ event, resolve }) => {
  const { headers } = event.request;
  const bytesMax = takesFile.test(event.url.pathname) ? uploadBytesMax : bodyBytesMax;
  const isUnknown = headers.has('transfer-encoding') && bytesMax === bodyBytesMax;
  const bytes = isUnknown ? Infinity : Number(headers.get('content-length') ?? 0);
  if (bytes <= bytesMax) return resolve(event);
  const message = `A request may have ${bytesMax} bytes.`;
  return Response.json({ error: 'too_large', message }, { status: 413 });
};

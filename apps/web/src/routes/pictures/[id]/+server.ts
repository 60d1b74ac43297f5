import { error } from '@sveltejs/kit';
import { findPicture } from '#lib/server/find-picture.ts';
import type { RequestHandler } from './$types';

/** A picture never changes under its address, so it may be kept for ever. */
export const GET: RequestHandler = async ({ params }) => {
  const picture = await findPicture(params.id);
  if (!picture) error(404, { message: 'not_found' });
  return new Response(new Uint8Array(picture.bytes), {
    headers: {
      'content-type': picture.mediaType,
      'cache-control': 'public, max-age=31536000, immutable',
      // It is shown, never run.
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    },
  });
};

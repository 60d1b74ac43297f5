import { findPicture } from '@catraca/db';
import { error } from '@sveltejs/kit';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A picture never changes under its address, so it may be kept for ever. */
export const GET: RequestHandler = async ({ params }) => {
  const { db } = await services();
  const picture = uuid.test(params.id) ? await findPicture(db, params.id) : undefined;
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

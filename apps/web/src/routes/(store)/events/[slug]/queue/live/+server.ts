import { findOwnPlace } from '@catraca/api';
import { eventStream } from '#lib/server/push/event-stream.ts';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** What happens to this browser's place: `room`, `place` and `closed` of packages/api's hall. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const place = await findOwnPlace(locals.api, params.slug);
  if (!place) return new Response(null, { status: 401 });
  const { halls } = await services();
  return eventStream((reader) => halls.watch(params.slug, place.publicId, reader));
};

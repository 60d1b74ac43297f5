import { error } from '@sveltejs/kit';
import { eventStream } from '#lib/server/push/event-stream.ts';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** The seats of a ticket type that somebody has, as they change. */
export const GET: RequestHandler = async ({ params }) => {
  const { topics } = await services();
  const subscribe = await topics.seats(params.slug, Number(params.typeNo));
  if (!subscribe) error(404, 'not_found');
  return eventStream(subscribe);
};

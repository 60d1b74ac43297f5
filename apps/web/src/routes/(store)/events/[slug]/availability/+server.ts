import { error } from '@sveltejs/kit';
import { eventStream } from '#lib/server/push/event-stream.ts';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** What each ticket type of the event has left, as it changes. */
export const GET: RequestHandler = async ({ params }) => {
  const { topics } = await services();
  const subscribe = await topics.stock(params.slug);
  if (!subscribe) error(404, 'not_found');
  return eventStream(subscribe);
};

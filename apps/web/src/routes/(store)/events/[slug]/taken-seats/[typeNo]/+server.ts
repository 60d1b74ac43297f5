import { error } from '@sveltejs/kit';
import { eventStream } from '#lib/server/push/event-stream.ts';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** The seats of a ticket type that somebody has, as they change. */
export const GET: RequestHandler = async ({ params }) => {
  if (!/^[1-9]\d{0,4}$/.test(params.typeNo)) error(404, 'not_found');
  const { topics } = await services();
  return eventStream((send) => topics.seats(params.slug, Number(params.typeNo)).subscribe(send));
};

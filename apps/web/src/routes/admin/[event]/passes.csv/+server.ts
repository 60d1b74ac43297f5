import { createCaller } from '@catraca/api';
import { csvResponse } from '#lib/server/csv-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, locals, url }) => {
  const api = createCaller(locals.api);
  const eventSlug = params.event;
  return csvResponse(`${eventSlug}-passes`, url, (after) => api.pass.export({ eventSlug, after }));
};

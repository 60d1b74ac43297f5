import { error } from '@sveltejs/kit';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent }) => {
  const { events } = await parent();
  const event = events.find(({ slug }) => slug === params.event);
  if (!event) error(404, { message: 'not_found' });
  return { event };
};

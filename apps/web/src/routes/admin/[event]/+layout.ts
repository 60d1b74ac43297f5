import { error } from '@sveltejs/kit';
import { trpc } from '#lib/trpc.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ fetch, params, parent, depends }) => {
  depends('admin:conflicts');
  const { events, may } = await parent();
  const event = events.find(({ slug }) => slug === params.event);
  if (!event) error(404, { message: 'not_found' });
  const asked = may.includes('conflict.unseen')
    ? trpc(fetch).conflict.unseen.query({ eventSlug: event.slug })
    : 0;
  // A number beside a name is no reason to show no page.
  return { event, unseenConflicts: await Promise.resolve(asked).catch(() => 0) };
};

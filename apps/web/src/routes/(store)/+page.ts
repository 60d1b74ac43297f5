import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({
  events: await trpc(fetch).event.list.query(),
});

import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({
  providers: await trpc(fetch).payment.providers.query(),
});

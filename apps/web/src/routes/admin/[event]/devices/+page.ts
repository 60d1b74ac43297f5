import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, untrack }) => {
  const api = trpc(fetch);
  const eventSlug = params.event;
  const asked = Promise.all([
    api.device.list.query({ eventSlug }),
    api.checkpoint.list.query({ eventSlug }),
  ]);
  const [devices, checkpoints] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { devices, checkpoints };
};

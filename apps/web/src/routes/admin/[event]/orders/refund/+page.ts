import { orErrorPage } from '#lib/or-error-page.ts';
import { trpc } from '#lib/trpc.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params, url, depends, untrack }) => {
  depends('admin:refund');
  const api = trpc(fetch);
  const eventSlug = params.event;
  const asked = Promise.all([
    api.event.previewRefund.query({ eventSlug }),
    api.job.list.query({ eventSlug, kinds: ['refund_event'] }),
  ]);
  const [preview, jobs] = await orErrorPage(
    asked,
    untrack(() => url),
  );
  return { preview, jobs };
};

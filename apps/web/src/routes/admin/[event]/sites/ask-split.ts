import type { trpc } from '#lib/trpc.ts';

export type Split = Awaited<ReturnType<typeof askSplit>>;

/** All that the page of an event's two sites shows; `allotments` and `authority` are null while it has one. */
export async function askSplit(api: ReturnType<typeof trpc>, eventSlug: string) {
  const [{ at, sites }, allotments, authority] = await Promise.all([
    api.site.list.query(),
    api.site.allotments.query({ eventSlug }),
    api.site.authority.query({ eventSlug }),
  ]);
  const there = allotments?.there.number;
  return { at, allotments, authority, link: sites.find(({ site }) => site === there) };
}

import type { KeepOrder } from './keep-order.ts';

/** A cache for each ticket: its page and the files the page is made of. So a ticket goes as it came, as a whole. */
const cachePrefix = 'ticket:';

/** Tickets on one phone; the one that was kept first goes first. */
const ticketsMax = 50;

/** At a gate with a bad signal nobody waits longer (ms) for news of a ticket they have. */
const patienceMs = 3_000;

/** Keeps a ticket's page as it is now, with its files. @throws when one of them cannot be loaded: then it is not kept. */
export async function keepTicket({ path, files }: KeepOrder): Promise<void> {
  await keepPage(cachePrefix + path, path, files);
  await forgetOldest();
}

/** Keeps a page as it is now in this cache, with these files and no others. @throws as `keepTicket`. */
export async function keepPage(
  cacheName: string,
  path: string,
  files: readonly string[],
): Promise<void> {
  const cache = await caches.open(cacheName);
  const isNeeded = new Set([path, ...files]);
  const kept = await cache.keys();
  const known = new Set(kept.map(({ url }) => new URL(url).pathname));
  await cache.addAll([path, ...files.filter((file) => !known.has(file))]);
  // Only now: until all of the new page is there, the one before is as good.
  const over = kept.filter(({ url }) => !isNeeded.has(new URL(url).pathname));
  await Promise.all(over.map((request) => cache.delete(request)));
}

async function forgetOldest(): Promise<void> {
  const kept = (await caches.keys()).filter((name) => name.startsWith(cachePrefix));
  await Promise.all(kept.slice(0, -ticketsMax).map((name) => caches.delete(name)));
}

/** The page from the server; the kept one when there is no network, the server is down, or it takes too long. */
export async function freshOrKept(request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { ignoreSearch: true });
  if (!kept) return fetch(request);
  const fresh = fetch(request).then(
    (response) => (response.status >= 500 ? kept : response),
    () => kept,
  );
  return Promise.race([fresh, after(patienceMs).then(() => kept)]);
}

/** A file whose name changes with its content: the kept one is as good. */
export async function keptOrFresh(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

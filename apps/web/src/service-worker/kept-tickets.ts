/** A cache for each ticket: its page and the files the page is made of. So a ticket goes as it came, as a whole. */
const cachePrefix = 'ticket:';

/** Tickets on one phone; the one that was kept first goes first. */
const ticketsMax = 50;

/** At a gate with a bad signal nobody waits longer (ms) for news of a ticket they have. */
const patienceMs = 3_000;

export interface KeepOrder {
  /** Of the ticket's page. */
  path: string;
  /** Paths of the files it loaded. */
  files: string[];
}

/** What a page asks for in a message, or undefined when it is something else. */
export function readKeepOrder(data: unknown): KeepOrder | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { keepTicket: path, files } = data as { keepTicket?: unknown; files?: unknown };
  if (typeof path !== 'string' || !Array.isArray(files)) return undefined;
  return { path, files: files.filter((file) => typeof file === 'string') };
}

/** Keeps a ticket's page as it is now, with its files. @throws when one of them cannot be loaded: then it is not kept. */
export async function keepTicket({ path, files }: KeepOrder): Promise<void> {
  const cache = await caches.open(cachePrefix + path);
  const isNeeded = new Set(files);
  const known = new Set<string>();
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (isNeeded.has(pathname)) known.add(pathname);
    else if (pathname !== path) await cache.delete(request);
  }
  await cache.addAll([path, ...files.filter((file) => !known.has(file))]);
  await forgetOldest();
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

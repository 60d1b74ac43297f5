import { immutable } from '$app/manifest';
import type { KeepOrder } from './keep-order.ts';
import { keepPage } from './kept-tickets.ts';

/** The one page of a scanner, and the files it is made of. */
const cacheName = 'scanner';

/** What the decoder loads by itself, in a thread of its own, and some of it only when a code is hard to read. */
const decoderFiles = immutable
  .map(({ path }) => `/${path.replace(/^\//, '')}`)
  .filter((path) => path.includes('/immutable/workers/'));

/** Keeps the scanner as it is now. @throws when one of its files cannot be loaded: then the one before stays. */
export async function keepScanner({ path, files }: KeepOrder): Promise<void> {
  await keepPage(cacheName, path, [...new Set([...files, ...decoderFiles])]);
}

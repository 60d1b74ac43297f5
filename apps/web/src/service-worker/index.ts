import { self } from '$app/service-worker';
import { readKeepOrder } from './keep-order.ts';
import { keepScanner } from './kept-scanner.ts';
import { freshOrKept, keepTicket, keptOrFresh } from './kept-tickets.ts';

/*
 * Lets a ticket that was opened once, and a scanner, be opened with no network. Nothing else of the site is kept: only a page
 * that asks for it registers this worker, and what it keeps is that page and the files it was made of.
 */

const keptPage = /^\/(tickets\/[^/]+|scan)$/;
const versionedFile = /^\/_app\/immutable\//;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const order = readKeepOrder(event.data);
  if (!order) return;
  const answer = (isKept: boolean) => event.ports[0]?.postMessage(isKept);
  event.waitUntil(
    (order.keep === 'scanner' ? keepScanner(order) : keepTicket(order)).then(
      () => answer(true),
      () => answer(false),
    ),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && keptPage.test(url.pathname)) {
    event.respondWith(freshOrKept(request));
  } else if (versionedFile.test(url.pathname)) {
    event.respondWith(keptOrFresh(request));
  }
});

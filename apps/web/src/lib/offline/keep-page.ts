import type { KeepOrder } from '../../service-worker/keep-order.ts';

/**
 * Keeps the page that is open, with the files it loaded, so that it opens with no network from now on; of a scanner, also what its
 * decoder will load.
 * @returns false when this browser cannot, or the network went away before it was all there.
 */
export async function keepPage(kind: KeepOrder['keep']): Promise<boolean> {
  // Undefined on addresses without TLS.
  if (!('serviceWorker' in navigator)) return false;
  try {
    await navigator.serviceWorker.register('/service-worker.js', { type: 'module' });
    const { active } = await navigator.serviceWorker.ready;
    return active
      ? await ask(active, { keep: kind, path: location.pathname, files: loadedFiles() })
      : false;
  } catch {
    return false;
  }
}

function ask(worker: ServiceWorker, order: KeepOrder) {
  return new Promise<boolean>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data === true);
    worker.postMessage(order, [port2]);
  });
}

/** Scripts, styles and fonts of this page: all that has its version in its name. */
function loadedFiles(): string[] {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const own = loaded.filter(({ origin, pathname }) => {
    return origin === location.origin && pathname.startsWith('/_app/immutable/');
  });
  return [...new Set(own.map(({ pathname }) => pathname))];
}

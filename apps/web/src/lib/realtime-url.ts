const loopback = /^(localhost|127\.|\[::1\])/;

/**
 * Where this browser reaches realtime. A loopback address is the server's own:
 * a phone on the same network finds realtime at the host it has the page from.
 */
export function realtimeUrl(configured: string, page: { hostname: string }): string {
  const url = new URL(configured);
  if (loopback.test(url.hostname)) url.hostname = page.hostname;
  return url.origin;
}

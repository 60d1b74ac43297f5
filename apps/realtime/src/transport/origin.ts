/**
 * Whether a page of this origin may open a socket. Tokens are never sent by a browser on its own, as cookies are, so
 * this is a second lock: pages of realtime's own host (any port), and of the web app's address.
 * `origin` and `host` are the request's headers; programs that are no browsers send no origin.
 */
export function mayConnect(origin: string, host: string, webOrigin: string | undefined): boolean {
  if (origin === '' || origin === webOrigin) return true;
  const page = URL.parse(origin);
  const here = URL.parse(`http://${host}`);
  return page !== null && here !== null && page.hostname === here.hostname;
}

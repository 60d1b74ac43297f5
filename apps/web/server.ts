/**
 * Serves the production build. The adapter's own server takes every address for https unless a proxy says
 * otherwise, which on a plain http:// address makes SvelteKit refuse its own forms; here the protocol is WEB_ORIGIN's.
 */
import assert from 'node:assert/strict';
import type { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Requests in flight get this long to end. */
const drainMs = 1_000;

/** A connection on which nothing moves for so long (ms), or twice that, is of somebody who asked and does not read: it is closed. */
const stillMs = 120_000;

const origin = process.env['WEB_ORIGIN'];
assert(origin, 'WEB_ORIGIN is missing: the address of this site as people see it.');
const protocol = new URL(origin).protocol.replace(':', '');
// Set by this server for each request, so that nobody else's value counts.
const protocolHeader = 'x-catraca-protocol';
process.env['PROTOCOL_HEADER'] = protocolHeader;
// Of a body that says how long it is; which request may have how many, refuse-large.ts says.
process.env['BODY_SIZE_LIMIT'] = '6M';

const build = new URL('./build/handler.js', import.meta.url).href;
const { handler } = (await import(build)) as {
  handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => Promise<void>;
};

const server = createServer((request, response) => {
  if (request.url === '/healthz') {
    response.end('ok');
    return;
  }
  request.headers[protocolHeader] = protocol;
  void handler(request, response, () => {
    response.statusCode = 404;
    response.end();
  });
});

server.timeout = stillMs;
server.listen(Number(process.env['PORT'] ?? 3000), process.env['HOST'] ?? '127.0.0.1', () =>
  process.send?.('ready'),
);

function stop(signal: string): void {
  server.close(() => {
    // The app closes its database connections on this event, after which nothing keeps the process alive.
    // Node's types know their own events only.
    (process as EventEmitter).emit('sveltekit:shutdown', signal);
  });
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), drainMs).unref();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);

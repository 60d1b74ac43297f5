import type { Registry } from 'prom-client';
import type { TemplatedApp } from 'uWebSockets.js';
import { readIncoming, reply, replyJson } from './incoming.ts';

/** Whether this process can judge scans now: of each thing it needs, whether it is there. */
export type Readiness = Readonly<Record<string, boolean>>;

export interface OperationsServices {
  readonly registry: Registry;
  readonly readiness: () => Promise<Readiness>;
}

/** For those who run it: alive, ready, and how it goes. */
export function serveOperations(app: TemplatedApp, services: OperationsServices): void {
  app.get('/healthz', (res, req) => {
    reply(res, readIncoming(res, req), { status: '200 OK', contentType: 'text/plain', body: 'ok' });
  });
  app.get('/readyz', (res, req) => {
    const incoming = readIncoming(res, req);
    void services.readiness().then((readiness) => {
      const isReady = Object.values(readiness).every(Boolean);
      replyJson(res, incoming, isReady ? '200 OK' : '503 Service Unavailable', readiness);
    });
  });
  app.get('/metrics', (res, req) => {
    const incoming = readIncoming(res, req);
    void services.registry.metrics().then((body) => {
      const contentType = services.registry.contentType;
      reply(res, incoming, { status: '200 OK', contentType, body });
    });
  });
  app.any('/*', (res, req) => {
    replyJson(res, readIncoming(res, req), '404 Not Found', { error: 'not_found' });
  });
}

import { bundlePath } from '@catraca/protocol';
import type { HttpRequest, HttpResponse, TemplatedApp } from 'uWebSockets.js';
import type { Bundles } from '../bundle/bundles.ts';
import type { Devices } from '../gate/devices.ts';
import type { Venues } from '../gate/venues.ts';
import { describeError, type Log } from '../log.ts';
import { type Incoming, readIncoming, reply, replyJson } from './incoming.ts';

export interface BundleRouteServices {
  readonly bundles: Bundles;
  readonly devices: Devices;
  readonly venues: Venues;
  readonly log: Log;
}

/**
 * Scanners are pages of another address than this service's. Any page may ask: what counts is the token, which no browser adds
 * by itself.
 */
const openToPages = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization',
  'access-control-max-age': '86400',
};

/** Bytes handed to a connection at once: what waits for a slow phone waits here, not in the kernel's and the library's buffers. */
const piece = 256 * 1024;

/** `GET /v1/bundle`: what a device needs to decide alone, or with `?since=` what is new of it. */
export function serveBundle(app: TemplatedApp, services: BundleRouteServices): void {
  app.options(bundlePath, (res, req) => {
    reply(res, readIncoming(res, req), {
      ...{ status: '200 OK', contentType: 'text/plain', body: '', headers: openToPages },
    });
  });
  app.get(bundlePath, (res, req) => {
    const asked = readAsked(req);
    const incoming = readIncoming(res, req);
    answerBundle(services, res, incoming, asked).catch((error: unknown) => {
      const { requestId } = incoming;
      services.log.warn({ requestId, error: describeError(error) }, 'bundle not answered');
      const headers = { ...openToPages, 'retry-after': '5' };
      replyJson(res, incoming, '503 Service Unavailable', { error: 'busy' }, headers);
    });
  });
}

interface Asked {
  readonly since: string | undefined;
  readonly takesGzip: boolean;
}

function readAsked(req: HttpRequest): Asked {
  const takesGzip = req.getHeader('accept-encoding').includes('gzip');
  return { since: req.getQuery('since'), takesGzip };
}

async function answerBundle(
  { bundles, devices, venues }: BundleRouteServices,
  res: HttpResponse,
  incoming: Incoming,
  { since, takesGzip }: Asked,
): Promise<void> {
  const found = incoming.bearer ? await devices.authenticate(incoming.bearer) : undefined;
  const venue = found?.ok ? await venues.get(found.device.eventId) : undefined;
  if (venue === undefined) {
    const refused = { type: 'refused', code: 'unauthorized', message: 'the token is not good' };
    return replyJson(res, incoming, '401 Unauthorized', refused, openToPages);
  }
  const { body, gzipped } = await bundles.answer(venue, since, takesGzip);
  if (incoming.aborted) return;
  res.cork(() => {
    res.writeStatus('200 OK');
    res.writeHeader('content-type', 'application/octet-stream');
    res.writeHeader('x-request-id', incoming.requestId);
    res.writeHeader('cache-control', 'no-store');
    if (gzipped) res.writeHeader('content-encoding', 'gzip');
    for (const [name, value] of Object.entries(openToPages)) res.writeHeader(name, value);
    send(res, incoming, body);
  });
}

/** Sends no more than the connection takes. */
function send(res: HttpResponse, incoming: Incoming, body: Uint8Array): void {
  const goOn = (offset: number): boolean => {
    if (incoming.aborted) return true;
    const [taken, isDone] = res.tryEnd(body.subarray(offset, offset + piece), body.length);
    return isDone || (taken && offset + piece < body.length ? goOn(offset + piece) : taken);
  };
  res.onWritable((offset) => goOn(offset));
  goOn(0);
}

import type { Venue } from '@catraca/db/gate';
import {
  parseScansBody,
  type RefusedCode,
  type RefusedMessage,
  type ScanAnswer,
  scansBodyBytesMax,
  scansPath,
} from '@catraca/protocol';
import type { HttpResponse, TemplatedApp } from 'uWebSockets.js';
import type { DeviceAttendance } from '../live/attendance.ts';
import type { Device, Devices } from '../gate/devices.ts';
import type { Gate } from '../gate/gate.ts';
import type { Venues } from '../gate/venues.ts';
import { describeError, type Log } from '../log.ts';
import { type Incoming, readBody, readIncoming, replyJson } from './incoming.ts';

export interface ScansRouteServices {
  readonly gate: Gate;
  readonly devices: Devices;
  readonly venues: Venues;
  readonly attendance: DeviceAttendance;
  readonly log: Log;
}

const statusOf: Record<ScanAnswer['type'], string> = {
  verdict: '200 OK',
  busy: '503 Service Unavailable',
  refused: '422 Unprocessable Content',
};

const refusedStatusOf: Record<RefusedCode, string> = {
  malformed: '400 Bad Request',
  too_large: '413 Content Too Large',
  unauthorized: '401 Unauthorized',
  unknown_checkpoint: '422 Unprocessable Content',
  judged_elsewhere: '421 Misdirected Request',
  wrong_time: '422 Unprocessable Content',
};

/** `POST /v1/scans`: for readers that speak HTTP, one scan or an array of them. */
export function serveScans(app: TemplatedApp, services: ScansRouteServices): void {
  app.post(scansPath, (res, req) => {
    const incoming = readIncoming(res, req);
    const body = readBody(res, incoming, scansBodyBytesMax);
    answerScans(services, res, incoming, body).catch((error: unknown) => {
      services.log.warn(
        { requestId: incoming.requestId, error: describeError(error) },
        'scans not answered',
      );
      const headers = { 'retry-after': '1' };
      replyJson(res, incoming, '503 Service Unavailable', { error: 'busy' }, headers);
    });
  });
}

async function answerScans(
  services: ScansRouteServices,
  res: HttpResponse,
  incoming: Incoming,
  reading: Promise<Uint8Array | undefined>,
): Promise<void> {
  const refuse = (refused: RefusedMessage) =>
    replyJson(res, incoming, refusedStatusOf[refused.code], refused);
  const body = await reading;
  if (body === undefined) {
    return refuse({
      type: 'refused',
      code: 'too_large',
      message: `over ${scansBodyBytesMax} bytes`,
    });
  }
  const reader = await authenticate(services, incoming.bearer);
  if (reader === undefined) {
    return refuse({ type: 'refused', code: 'unauthorized', message: 'the token is not good' });
  }
  const scans = parseScansBody(body);
  if (!scans.ok) return refuse(scans.refused);

  const answers = await Promise.all(
    scans.items.map((item) =>
      item.ok ? submit(services, reader, item.message) : Promise.resolve(item.refused),
    ),
  );
  const [first] = answers;
  if (scans.single && first) {
    const retry = first.type === 'busy' ? { 'retry-after': '1' } : undefined;
    const status = first.type === 'refused' ? refusedStatusOf[first.code] : statusOf[first.type];
    return replyJson(res, incoming, status, first, retry);
  }
  replyJson(res, incoming, '200 OK', answers);
}

interface Reader {
  readonly device: Device;
  readonly venue: Venue;
}

async function authenticate(
  { devices, venues, attendance }: ScansRouteServices,
  token: string | undefined,
): Promise<Reader | undefined> {
  const found = token === undefined ? undefined : await devices.authenticate(token);
  if (!found?.ok) return undefined;
  const venue = await venues.get(found.device.eventId);
  if (venue === undefined) return undefined;
  attendance.visited(found.device);
  return { device: found.device, venue };
}

function submit(
  { gate }: ScansRouteServices,
  { device, venue }: Reader,
  request: Parameters<Gate['submit']>[2],
): Promise<ScanAnswer> {
  return new Promise((resolve) => gate.submit(device, venue, request, resolve));
}

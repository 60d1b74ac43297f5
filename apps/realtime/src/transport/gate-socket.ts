import type { Venue } from '@catraca/db/gate';
import {
  closeCodes,
  type CloseCode,
  gatePath,
  type GateServerMessage,
  gateSubprotocol,
  parseOffer,
} from '@catraca/protocol';
import type { HttpResponse, TemplatedApp, us_socket_context_t, WebSocket } from 'uWebSockets.js';
import type { Authenticated, Device, DeviceProblem } from '../gate/devices.ts';
import { GateSession, type Peer, type SessionServices } from '../gate/session.ts';
import type { Venues } from '../gate/venues.ts';
import { describeError, type Log } from '../log.ts';
import { type Incoming, readIncoming, replyJson } from './incoming.ts';
import { mayConnect } from './origin.ts';

/** Bytes of a frame that are read at all; what is over the protocol's own limit, but not over this, is told so. */
const frameBytesMax = 64 * 1024;

/** Bytes that may wait for a device that does not read; then it is cut off. A `hello` of 200 checkpoints takes 50 kB. */
const bufferMax = 256 * 1024;

/** A line that is silent for so long (s), pings included, is dead. */
const idleTimeoutS = 60;

export interface GateSocketServices extends SessionServices {
  readonly venues: Venues;
  readonly log: Log;
  readonly webOrigin: string | undefined;
  /** All open sessions. */
  readonly sessions: Set<GateSession>;
}

/** What is known of a socket when it opens. */
type Admission =
  | { readonly ok: true; readonly device: Device; readonly venue: Venue }
  | { readonly ok: false; readonly problem: DeviceProblem };

interface SocketData {
  readonly admission: Admission;
  readonly requestId: string;
  session?: GateSession;
  peer?: SocketPeer;
}

export function serveGateSocket(app: TemplatedApp, services: GateSocketServices): void {
  app.ws<SocketData>(gatePath, {
    maxPayloadLength: frameBytesMax,
    maxBackpressure: bufferMax,
    closeOnBackpressureLimit: true,
    idleTimeout: idleTimeoutS,
    upgrade: (res, req, context) => {
      const incoming = readIncoming(res, req);
      const header = req.getHeader('sec-websocket-protocol');
      const offer = parseOffer(header, gateSubprotocol);
      const key = req.getHeader('sec-websocket-key');
      const extensions = req.getHeader('sec-websocket-extensions');
      if (!mayConnect(incoming.origin, incoming.host, services.webOrigin)) {
        return replyJson(res, incoming, '403 Forbidden', { error: 'origin' });
      }
      const token = offer?.token ?? incoming.bearer;
      void admit(services, token, incoming).then((admission) =>
        upgrade(
          res,
          incoming,
          context,
          { key, extensions, protocol: offer?.subprotocol },
          admission,
        ),
      );
    },
    open: (ws) => open(ws, services),
    // The buffer is read before this returns.
    message: (ws, message) => ws.getUserData().session?.read(message),
    close: (ws) => {
      const { session, peer } = ws.getUserData();
      peer?.gone();
      if (session === undefined) return;
      session.ended();
      services.sessions.delete(session);
    },
  });
}

/** Undefined when the database cannot say. */
async function admit(
  { devices, venues, log }: GateSocketServices,
  token: string | undefined,
  { requestId }: Incoming,
): Promise<Admission | undefined> {
  if (token === undefined) return { ok: false, problem: 'unauthorized' };
  try {
    const found: Authenticated = await devices.authenticate(token);
    if (!found.ok) return found;
    const venue = await venues.get(found.device.eventId);
    if (venue === undefined) return { ok: false, problem: 'unauthorized' };
    return { ok: true, device: found.device, venue };
  } catch (error) {
    log.warn({ requestId, error: describeError(error) }, 'device not admitted');
    return undefined;
  }
}

interface Handshake {
  readonly key: string;
  readonly extensions: string;
  readonly protocol: string | undefined;
}

/**
 * A device with a bad token gets its socket too, and is told why on it: a browser never sees the status of a handshake that
 * was refused, and could not tell a revoked device from a broken line.
 */
function upgrade(
  res: HttpResponse,
  incoming: Incoming,
  context: us_socket_context_t,
  { key, extensions, protocol }: Handshake,
  admission: Admission | undefined,
): void {
  if (incoming.aborted) return;
  if (admission === undefined) {
    const headers = { 'retry-after': '1' };
    return replyJson(res, incoming, '503 Service Unavailable', { error: 'busy' }, headers);
  }
  const data: SocketData = { admission, requestId: incoming.requestId };
  res.cork(() => res.upgrade(data, key, protocol ?? '', extensions, context));
}

function open(ws: WebSocket<SocketData>, services: GateSocketServices): void {
  const data = ws.getUserData();
  const { admission, requestId } = data;
  const peer = new SocketPeer(ws);
  data.peer = peer;
  if (!admission.ok) {
    if (admission.problem === 'revoked') peer.send({ type: 'revoked_device' });
    return peer.close(closeCodes[admission.problem]);
  }
  const { device, venue } = admission;
  services.log.debug({ requestId, deviceId: String(device.id) }, 'device connected');
  data.session = new GateSession(services, device, venue, peer);
  services.sessions.add(data.session);
}

class SocketPeer implements Peer {
  readonly #ws: WebSocket<SocketData>;
  #open = true;

  constructor(ws: WebSocket<SocketData>) {
    this.#ws = ws;
  }

  send(message: GateServerMessage): void {
    if (this.#open) this.#ws.cork(() => this.#ws.send(JSON.stringify(message)));
  }

  close(code: CloseCode): void {
    if (!this.#open) return;
    this.#open = false;
    this.#ws.end(code);
  }

  gone(): void {
    this.#open = false;
  }
}

import type { Venue } from '@catraca/db/gate';
import {
  closeCodes,
  type CloseCode,
  gatePath,
  type GateServerMessage,
  gateSubprotocol,
  parseOffer,
} from '@catraca/protocol';
import type { TemplatedApp, WebSocket } from 'uWebSockets.js';
import type { Device, DeviceProblem } from '../gate/devices.ts';
import { GateSession, type Peer, type SessionServices } from '../gate/session.ts';
import type { Venues } from '../gate/venues.ts';
import { describeError, type Log } from '../log.ts';
import { readIncoming, replyJson } from './incoming.ts';
import { mayConnect } from './origin.ts';

/** Bytes of a frame that are read at all; what is over the protocol's own limit, but not over this, is told so. */
const frameBytesMax = 64 * 1024;

/** Bytes that may wait for a device that does not read; then it is cut off. A `hello` of 200 checkpoints takes 50 kB. */
const bufferMax = 256 * 1024;

/** A line that is silent for so long (s), pings included, is dead. */
const idleTimeoutS = 60;

/** Frames that a device may send before it was told `hello`: what it could not send while it was offline. */
const earlyFramesMax = 100;

export interface GateSocketServices extends SessionServices {
  readonly venues: Venues;
  readonly log: Log;
  readonly webOrigin: string | undefined;
  /** All open sessions. */
  readonly sessions: Set<GateSession>;
}

interface SocketData {
  readonly token: string | undefined;
  readonly requestId: string;
  /** Copies of what was said before the device was known. */
  readonly early: ArrayBuffer[];
  session?: GateSession;
  peer?: SocketPeer;
}

/**
 * `/v1/gate`. The socket is opened first and its token looked up then. For one thing a browser never sees the status of a
 * handshake that was refused, and could not tell a revoked device from a broken line. For another, uWebSockets.js may close a
 * socket that is upgraded inside `res.cork` after an await (its pull request 1929), and outside of it complains.
 */
export function serveGateSocket(app: TemplatedApp, services: GateSocketServices): void {
  app.ws<SocketData>(gatePath, {
    maxPayloadLength: frameBytesMax,
    maxBackpressure: bufferMax,
    closeOnBackpressureLimit: true,
    idleTimeout: idleTimeoutS,
    upgrade: (res, req, context) => {
      const incoming = readIncoming(res, req);
      if (!mayConnect(incoming.origin, incoming.host, services.webOrigin)) {
        return replyJson(res, incoming, '403 Forbidden', { error: 'origin' });
      }
      const offer = parseOffer(req.getHeader('sec-websocket-protocol'), gateSubprotocol);
      const { requestId, bearer } = incoming;
      res.upgrade<SocketData>(
        { requestId, token: offer?.token ?? bearer, early: [] },
        req.getHeader('sec-websocket-key'),
        offer?.subprotocol ?? '',
        req.getHeader('sec-websocket-extensions'),
        context,
      );
    },
    open: (ws) => {
      const data = ws.getUserData();
      data.peer = new SocketPeer(ws);
      void begin(data, data.peer, services);
    },
    message: (ws, message) => read(ws.getUserData(), message),
    close: (ws) => {
      const { session, peer } = ws.getUserData();
      peer?.gone();
      if (session === undefined) return;
      session.ended();
      services.sessions.delete(session);
    },
  });
}

function read({ session, early, peer }: SocketData, message: ArrayBuffer): void {
  // Read before this returns: then the library takes its buffer back.
  if (session !== undefined) session.read(message);
  else if (early.length < earlyFramesMax) early.push(message.slice(0));
  else peer?.close(closeCodes.tryLater);
}

async function begin(
  data: SocketData,
  peer: SocketPeer,
  services: GateSocketServices,
): Promise<void> {
  const admission = await admit(services, data);
  if (!peer.isOpen) return;
  if (!admission.ok) {
    if (admission.problem === 'revoked') peer.send({ type: 'revoked_device' });
    return peer.close(closeCodes[admission.problem]);
  }
  const { device, venue } = admission;
  services.log.debug({ requestId: data.requestId, deviceId: String(device.id) }, 'connected');
  const session = new GateSession(services, device, venue, peer);
  data.session = session;
  services.sessions.add(session);
  for (const frame of data.early.splice(0)) session.read(frame);
}

type Admission =
  | { readonly ok: true; readonly device: Device; readonly venue: Venue }
  /** `tryLater`: the database cannot say. */
  | { readonly ok: false; readonly problem: DeviceProblem | 'tryLater' };

async function admit(
  { devices, venues, log }: GateSocketServices,
  { token, requestId }: SocketData,
): Promise<Admission> {
  if (token === undefined) return { ok: false, problem: 'unauthorized' };
  try {
    const found = await devices.authenticate(token);
    if (!found.ok) return found;
    const venue = await venues.get(found.device.eventId);
    if (venue === undefined) return { ok: false, problem: 'unauthorized' };
    return { ok: true, device: found.device, venue };
  } catch (error) {
    log.warn({ requestId, error: describeError(error) }, 'device not admitted');
    return { ok: false, problem: 'tryLater' };
  }
}

class SocketPeer implements Peer {
  readonly #ws: WebSocket<SocketData>;
  #open = true;

  constructor(ws: WebSocket<SocketData>) {
    this.#ws = ws;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  send(message: GateServerMessage): void {
    // One message is one system call either way; `cork` would only add its own cost.
    if (this.#open) this.#ws.send(JSON.stringify(message));
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

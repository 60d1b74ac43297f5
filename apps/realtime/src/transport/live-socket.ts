import type { EventId } from '@catraca/domain';
import { verifyLiveTicket } from '@catraca/domain/live-ticket';
import {
  type CloseCode,
  closeCodes,
  livePath,
  liveSubprotocol,
  parseLiveClientFrame,
  parseOffer,
} from '@catraca/protocol';
import type { TemplatedApp, WebSocket } from 'uWebSockets.js';
import type { Rooms } from '../live/rooms.ts';
import { type WallPeer, Watcher } from '../live/watcher.ts';
import { readIncoming, replyJson } from './incoming.ts';
import { mayConnect } from './origin.ts';

/** Bytes of a frame that are read at all: a wall only names its cursor. */
const frameBytesMax = 4 * 1024;

/** Bytes that may wait for a wall before it is cut off; long before that it gets no more deltas (`Watcher`). */
const bufferMax = 4 * 1024 * 1024;

/** A line that is silent for so long (s), pings included, is dead. */
const idleTimeoutS = 60;

export interface LiveSocketServices {
  readonly rooms: Rooms;
  /** CATRACA_SECRET. */
  readonly secret: string;
  readonly webOrigin: string | undefined;
  /** All open walls. */
  readonly watchers: Set<Watcher>;
}

interface SocketData {
  /** Null when the ticket was no good. */
  readonly eventId: EventId | null;
  watcher?: Watcher;
  peer?: SocketPeer;
}

export function serveLiveSocket(app: TemplatedApp, services: LiveSocketServices): void {
  app.ws<SocketData>(livePath, {
    maxPayloadLength: frameBytesMax,
    maxBackpressure: bufferMax,
    closeOnBackpressureLimit: true,
    idleTimeout: idleTimeoutS,
    upgrade: (res, req, context) => {
      const incoming = readIncoming(res, req);
      const offer = parseOffer(req.getHeader('sec-websocket-protocol'), liveSubprotocol);
      const key = req.getHeader('sec-websocket-key');
      const extensions = req.getHeader('sec-websocket-extensions');
      if (!mayConnect(incoming.origin, incoming.host, services.webOrigin)) {
        return replyJson(res, incoming, '403 Forbidden', { error: 'origin' });
      }
      const ticket = offer?.token ?? incoming.bearer ?? '';
      void verifyLiveTicket(ticket, services.secret, new Date()).then((checked) => {
        if (incoming.aborted) return;
        const data: SocketData = { eventId: checked.ok ? checked.value.eventId : null };
        // A browser sees why only on an open socket: so it gets one, which is closed with the reason.
        res.cork(() => res.upgrade(data, key, offer?.subprotocol ?? '', extensions, context));
      });
    },
    open: (ws) => open(ws, services),
    message: (ws, message) => read(ws, message, services),
    close: (ws) => {
      const { eventId, watcher, peer } = ws.getUserData();
      peer?.gone();
      if (eventId === null || watcher === undefined) return;
      services.watchers.delete(watcher);
      services.rooms.get(eventId).leave(watcher);
    },
  });
}

function open(ws: WebSocket<SocketData>, { watchers }: LiveSocketServices): void {
  const data = ws.getUserData();
  data.peer = new SocketPeer(ws);
  if (data.eventId === null) return data.peer.close(closeCodes.unauthorized);
  data.watcher = new Watcher(data.peer);
  watchers.add(data.watcher);
}

/** What is not a message of the protocol is answered by starting over: a wall can do nothing wrong but lose its place. */
function read(
  ws: WebSocket<SocketData>,
  message: ArrayBuffer,
  { rooms }: LiveSocketServices,
): void {
  const { eventId, watcher, peer } = ws.getUserData();
  if (eventId === null || watcher === undefined) return;
  const parsed = parseLiveClientFrame(message);
  if (!parsed.ok) {
    peer?.send(JSON.stringify(parsed.refused));
    return;
  }
  const { message: wish } = parsed;
  const cursor = wish.type === 'resume' ? { epoch: wish.epoch, seq: wish.seq } : null;
  rooms.get(eventId).join(watcher, cursor);
}

class SocketPeer implements WallPeer {
  readonly #ws: WebSocket<SocketData>;
  #open = true;

  constructor(ws: WebSocket<SocketData>) {
    this.#ws = ws;
  }

  send(frame: string): void {
    if (this.#open) this.#ws.send(frame);
  }

  buffered(): number {
    return this.#open ? this.#ws.getBufferedAmount() : 0;
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

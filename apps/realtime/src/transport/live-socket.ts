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
import type { LiveTally } from '../live/tally.ts';
import type { WallMembers } from '../live/wall-members.ts';
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
  readonly tally: LiveTally;
  /** CATRACA_SECRET. */
  readonly secret: string;
  readonly webOrigin: string | undefined;
  /** All open walls. */
  readonly watchers: Set<Watcher>;
  readonly members: WallMembers;
}

interface SocketData {
  readonly ticket: string;
  /** A copy of what was said before the ticket was checked: all a wall ever says is where it begins. */
  early?: ArrayBuffer;
  eventId?: EventId;
  memberId?: string;
  watcher?: Watcher;
  peer?: SocketPeer;
}

/** `/v1/live`. The socket is opened first and its ticket checked then: see `serveGateSocket`. */
export function serveLiveSocket(app: TemplatedApp, services: LiveSocketServices): void {
  app.ws<SocketData>(livePath, {
    maxPayloadLength: frameBytesMax,
    maxBackpressure: bufferMax,
    closeOnBackpressureLimit: true,
    idleTimeout: idleTimeoutS,
    upgrade: (res, req, context) => {
      const incoming = readIncoming(res, req);
      if (!mayConnect(incoming.origin, incoming.host, services.webOrigin)) {
        return replyJson(res, incoming, '403 Forbidden', { error: 'origin' });
      }
      const offer = parseOffer(req.getHeader('sec-websocket-protocol'), liveSubprotocol);
      res.upgrade<SocketData>(
        { ticket: offer?.token ?? incoming.bearer ?? '' },
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
    message: (ws, message) => {
      const data = ws.getUserData();
      if (data.watcher === undefined) data.early = message.slice(0);
      else read(data, message, services);
    },
    close: (ws) => {
      const { eventId, memberId, watcher, peer } = ws.getUserData();
      peer?.gone();
      if (eventId === undefined || memberId === undefined || watcher === undefined) return;
      services.members.leave(memberId, watcher);
      services.watchers.delete(watcher);
      services.rooms.get(eventId).leave(watcher);
    },
  });
}

async function begin(
  data: SocketData,
  peer: SocketPeer,
  services: LiveSocketServices,
): Promise<void> {
  const checked = await verifyLiveTicket(data.ticket, services.secret, new Date());
  if (!peer.isOpen) return;
  if (!checked.ok) return peer.close(closeCodes.unauthorized);
  const { eventId, memberId, issuedAt } = checked.value;
  if (!services.members.mayOpen(memberId, issuedAt)) return peer.close(closeCodes.unauthorized);
  data.eventId = eventId;
  data.memberId = memberId;
  data.watcher = new Watcher(peer, services.tally);
  services.members.enter(memberId, data.watcher);
  services.watchers.add(data.watcher);
  if (data.early !== undefined) read(data, data.early, services);
}

function read(
  { eventId, watcher, peer }: SocketData,
  message: ArrayBuffer,
  { rooms }: LiveSocketServices,
): void {
  if (eventId === undefined || watcher === undefined) return;
  const parsed = parseLiveClientFrame(message);
  if (!parsed.ok) {
    peer?.send(Buffer.from(JSON.stringify(parsed.refused)));
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

  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * One write of shared bytes. A topic of uWebSockets.js costs the same, nearly all of it the write itself, and would hide
   * which wall is behind; a string would be encoded anew for each wall.
   */
  send(frame: Uint8Array): void {
    if (this.#open) this.#ws.send(frame, false);
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

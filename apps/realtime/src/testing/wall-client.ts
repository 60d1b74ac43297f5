import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { EventId } from '@catraca/domain';
import { signLiveTicket } from '@catraca/domain/live-ticket';
import {
  type LiveArea,
  type LiveCheckpoint,
  type LiveDevice,
  livePath,
  type LiveScan,
  type LiveServerMessage,
  liveSubprotocol,
  type LiveTotals,
  offeredSubprotocols,
  parseLiveServerFrame,
} from '@catraca/protocol';
import { WebSocket } from 'ws';
import { testSecret } from './realtime.ts';

export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** A wall on a real socket: it applies what it is told, and fails when a frame is missing. */
export class WallClient {
  readonly socket: WebSocket;
  readonly frames: LiveServerMessage[] = [];
  readonly areas = new Map<string, LiveArea>();
  readonly checkpoints = new Map<string, LiveCheckpoint>();
  readonly devices = new Map<string, LiveDevice>();
  readonly closed: Promise<number>;
  totals: LiveTotals = { admitted: 0, exited: 0, refused: 0 };
  feed: LiveScan[] = [];
  cursor: Cursor | undefined;

  constructor(port: number, ticket: string, before?: WallClient) {
    const offer = offeredSubprotocols(liveSubprotocol, ticket);
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${livePath}`, offer);
    if (before) this.#takeOver(before);
    this.socket.on('open', () => this.#begin());
    this.socket.on('message', (data: Buffer) => this.#read(data));
    // Its end is told by `close`.
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
  }

  /** A wall that has its first frame. `before`: one that lost its line, whose state and place it takes over. */
  static async open(port: number, eventId: EventId, before?: WallClient): Promise<WallClient> {
    const ticket = await signLiveTicket({ eventId, memberId: 'm' }, testSecret, new Date());
    const wall = new WallClient(port, ticket, before);
    await wall.until(() => wall.frames.length > 0);
    return wall;
  }

  /** Waits for a frame after which this is so. */
  async until(isSo: () => boolean): Promise<void> {
    const ended = this.closed.then((code) => {
      throw new Error(`the wall was closed with ${code}`);
    });
    ended.catch(() => {});
    while (!isSo()) await Promise.race([once(this.socket, 'message'), ended]);
  }

  /** Waits for a frame that only says that the line is alive: then nothing has changed for two seconds, rates included. */
  async untilQuiet(): Promise<void> {
    const heard = this.frames.length;
    const parts = ['areas', 'checkpoints', 'devices', 'totals', 'feed'];
    const isQuiet = (frame: LiveServerMessage) => parts.every((part) => !(part in frame));
    await this.until(() => this.frames.slice(heard).some(isQuiet));
  }

  get scans(): number {
    return this.totals.admitted + this.totals.exited + this.totals.refused;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #takeOver(before: WallClient): void {
    this.cursor = before.cursor;
    this.totals = before.totals;
    this.feed = before.feed;
    for (const [id, area] of before.areas) this.areas.set(id, area);
    for (const [id, checkpoint] of before.checkpoints) this.checkpoints.set(id, checkpoint);
    for (const [id, device] of before.devices) this.devices.set(id, device);
  }

  #begin(): void {
    const wish = this.cursor ? { type: 'resume', ...this.cursor } : { type: 'start' };
    this.socket.send(JSON.stringify(wish));
  }

  #read(data: Buffer): void {
    const frame = parseLiveServerFrame(data);
    assert(frame.ok, 'the server speaks the protocol');
    const { message } = frame;
    if (message.type === 'snapshot') {
      this.cursor = { epoch: message.epoch, seq: message.seq };
      for (const parts of [this.areas, this.checkpoints, this.devices]) parts.clear();
      this.feed = [];
    } else {
      assert(this.cursor && message.seq === this.cursor.seq + 1, 'no frame is missing');
      this.cursor = { ...this.cursor, seq: message.seq };
    }
    for (const area of message.areas ?? []) this.areas.set(area.id, area);
    for (const checkpoint of message.checkpoints ?? [])
      this.checkpoints.set(checkpoint.id, checkpoint);
    for (const device of message.devices ?? []) this.devices.set(device.id, device);
    if (message.totals) this.totals = message.totals;
    this.feed = [...(message.feed ?? []), ...this.feed].slice(0, 50);
    this.frames.push(message);
  }
}

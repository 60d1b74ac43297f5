import { type CloseCode, closeCodes } from '@catraca/protocol';
import type { LiveTally } from './tally.ts';

/** Bytes that may wait for a wall that reads slowly, before it gets nothing more but a fresh snapshot once it has read. */
export const waitingBytesMax = 128 * 1024;

/** A wall that has not read what waits for it in this time (ms) is closed: it may come back. */
const behindMaxMs = 10_000;

/** The other end of a wall's socket. Sending to one that has gone does nothing. */
export interface WallPeer {
  /** Bytes of a text frame, which many walls share. */
  send(frame: Uint8Array): void;
  /** Bytes sent that the other end has not taken yet. */
  buffered(): number;
  close(code: CloseCode): void;
}

/** One wall on one socket. It never holds more than `waitingBytesMax` and one frame. */
export class Watcher {
  readonly #peer: WallPeer;
  readonly #tally: LiveTally;
  /** By `performance.now()`; undefined when it keeps up. */
  #behindSince: number | undefined;

  constructor(peer: WallPeer, tally: LiveTally) {
    this.#peer = peer;
    this.#tally = tally;
  }

  get isBehind(): boolean {
    return this.#behindSince !== undefined;
  }

  get waitingBytes(): number {
    return this.#peer.buffered();
  }

  sendDelta(frame: Uint8Array): void {
    if (this.isBehind || !this.#send(frame)) return;
    this.#tally.deltas += 1;
  }

  /** It follows again from here. */
  sendSnapshot(frame: Uint8Array): void {
    if (!this.#send(frame)) return;
    this.#behindSince = undefined;
    this.#tally.snapshots += 1;
  }

  /** Whether it fell behind and has read what there was. One that does not read at all is closed. */
  wantsSnapshot(now: number): boolean {
    if (this.#behindSince === undefined) return false;
    if (this.#peer.buffered() === 0) return true;
    if (now - this.#behindSince > behindMaxMs) this.#peer.close(closeCodes.tooSlow);
    return false;
  }

  end(code: CloseCode): void {
    this.#peer.close(code);
  }

  /** @returns false when too much waits already: from then on it is behind. */
  #send(frame: Uint8Array): boolean {
    if (this.#peer.buffered() > waitingBytesMax) {
      if (!this.isBehind) this.#tally.fellBehind += 1;
      this.#behindSince ??= performance.now();
      return false;
    }
    this.#peer.send(frame);
    this.#tally.bytes += frame.length;
    return true;
  }
}

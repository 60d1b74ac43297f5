import { type CloseCode, closeCodes } from '@catraca/protocol';

/** Bytes that may wait for a wall that reads slowly, before it gets nothing more but a fresh snapshot once it has read. */
const bufferMax = 128 * 1024;

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

/** One wall on one socket. It never holds more than `bufferMax`, a snapshot and a delta. */
export class Watcher {
  readonly #peer: WallPeer;
  /** By `performance.now()`; undefined when it keeps up. */
  #behindSince: number | undefined;

  constructor(peer: WallPeer) {
    this.#peer = peer;
  }

  sendDelta(frame: Uint8Array): void {
    if (this.#behindSince !== undefined) return;
    if (this.#peer.buffered() > bufferMax) this.#behindSince = performance.now();
    else this.#peer.send(frame);
  }

  sendSnapshot(frame: Uint8Array): void {
    this.#behindSince = undefined;
    this.#peer.send(frame);
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
}

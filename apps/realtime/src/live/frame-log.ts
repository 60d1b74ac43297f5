import { randomUUID } from 'node:crypto';
import type { Change, Picture } from './frames.ts';

/** Deltas that are kept for walls that come back: half a minute of a busy gate. */
const deltasMax = 300;

/** Where a wall stands in a feed. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** The frames of a feed as bytes, each written once for all walls, and numbered. */
export class FrameLog {
  #epoch = randomUUID();
  #seq = 0;
  /** The last of them, up to `#seq`. */
  #deltas: Buffer[] = [];
  /** Of the cursor it stands at; undefined until somebody wants one. */
  #snapshot: Buffer | undefined;

  /** A picture that no delta leads to: all walls begin at it. */
  startOver(): void {
    this.#epoch = randomUUID();
    this.#seq = 0;
    this.#deltas = [];
    this.#snapshot = undefined;
  }

  delta(at: string, change: Change): Buffer {
    this.#seq += 1;
    this.#snapshot = undefined;
    const frame = bytesOf({ type: 'delta', seq: this.#seq, at, ...change });
    this.#deltas.push(frame);
    if (this.#deltas.length > deltasMax) this.#deltas.shift();
    return frame;
  }

  /** `picture`: what walls show that have all deltas. */
  snapshot(picture: Picture): Buffer {
    const cursor = { epoch: this.#epoch, seq: this.#seq };
    return (this.#snapshot ??= bytesOf({ type: 'snapshot', ...cursor, ...picture }));
  }

  /** The deltas after a cursor; undefined when they are gone or never were. */
  since({ epoch, seq }: Cursor): Buffer[] | undefined {
    const missed = this.#seq - seq;
    if (epoch !== this.#epoch || missed < 0 || missed > this.#deltas.length) return undefined;
    return this.#deltas.slice(this.#deltas.length - missed);
  }
}

function bytesOf(message: object): Buffer {
  return Buffer.from(JSON.stringify(message));
}

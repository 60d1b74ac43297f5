import {
  type BundlePoint,
  type BundleRecords,
  parsePgSnapshot,
  type PgSnapshot,
  seesAllOf,
} from '@catraca/db/gate';
import { passRecordBytes } from '@catraca/protocol';

/** Changes are kept for so long (ms): a device that comes back later takes the whole again. */
export const changesKeptMs = 3_600_000;

/** Devices that ask within this time (ms) hear of the same reading. */
const freshMs = 4_000;

interface Reading {
  readonly point: BundlePoint;
  readonly snapshot: PgSnapshot;
  readonly records: Uint8Array;
}

/** Reads what changed since a point; undefined when that cannot be told. */
export type ReadChanges = (since: BundlePoint) => Promise<BundleRecords | undefined>;

/**
 * What changed in an event lately, read once for all its devices. Why nothing is missed:
 *  1. Each reading has all that the snapshot of the one before had not seen, and what the first one had not is what was asked first.
 *  2. A reading is left out for a device only when the device's snapshot has seen all that the reading's had.
 *  3. Whose snapshot has not seen all that the first one had is answered by a reading of its own, and the log begins there.
 */
export class ChangeLog {
  readonly #read: ReadChanges;
  readonly #now: () => number;
  #start: { readonly at: number; readonly snapshot: PgSnapshot } | undefined;
  #readings: Reading[] = [];
  #reading: Promise<unknown> | undefined;
  #readAt = -Infinity;

  /** `now`: ms of a clock that never goes back. */
  constructor(read: ReadChanges, now: () => number = () => performance.now()) {
    this.#read = read;
    this.#now = now;
  }

  /** The newest record of each pass that changed since, and up to where; undefined when only the whole will do. */
  async since(point: BundlePoint): Promise<BundleRecords | undefined> {
    await this.#reading;
    const asked = parsePgSnapshot(point.snapshot);
    if (this.#start === undefined || !seesAllOf(asked, this.#start.snapshot)) {
      if (!(await this.#single(() => this.#beginAt(point, asked)))) return undefined;
    } else if (this.#now() - this.#readAt > freshMs) {
      if (!(await this.#single(() => this.#goOn()))) return undefined;
    }
    const last = this.#readings.at(-1);
    if (last === undefined) return undefined;
    const missed = this.#readings.filter(({ snapshot }) => !seesAllOf(asked, snapshot));
    return { point: last.point, parts: [newestOf(missed.map(({ records }) => records))] };
  }

  /** One at a time; whoever comes meanwhile waits for it and looks again. */
  async #single(work: () => Promise<boolean>): Promise<boolean> {
    const before = this.#reading;
    const reading = Promise.resolve(before).then(work);
    const settled = reading.catch(() => undefined);
    this.#reading = settled;
    try {
      return await reading;
    } finally {
      if (this.#reading === settled) this.#reading = undefined;
    }
  }

  async #beginAt(point: BundlePoint, snapshot: PgSnapshot): Promise<boolean> {
    const found = await this.#read(point);
    if (found === undefined) return false;
    this.#start = { at: point.at, snapshot };
    this.#readings = [];
    this.#add(found);
    return true;
  }

  async #goOn(): Promise<boolean> {
    const last = this.#readings.at(-1);
    if (last === undefined || this.#now() - this.#readAt <= freshMs) return true;
    const found = await this.#read(last.point);
    if (found === undefined) {
      this.#start = undefined;
      return false;
    }
    this.#add(found);
    this.#forgetOld(found.point.at - changesKeptMs);
    return true;
  }

  #add({ point, parts }: BundleRecords): void {
    const snapshot = parsePgSnapshot(point.snapshot);
    this.#readings.push({ point, snapshot, records: Buffer.concat(parts) });
    this.#readAt = this.#now();
  }

  #forgetOld(before: number): void {
    while (this.#readings.length > 1 && (this.#readings[0]?.point.at ?? before) < before) {
      const gone = this.#readings.shift();
      if (gone) this.#start = { at: gone.point.at, snapshot: gone.snapshot };
    }
  }
}

/** Sorted by their ids; of several records of a pass the one that was read last. */
export function newestOf(readings: readonly Uint8Array[]): Uint8Array {
  const byId = new Map<bigint, Uint8Array>();
  for (const records of readings) {
    const view = new DataView(records.buffer, records.byteOffset, records.length);
    for (let at = 0; at < records.length; at += passRecordBytes) {
      byId.set(view.getBigUint64(at), records.subarray(at, at + passRecordBytes));
    }
  }
  const ids = [...byId.keys()].sort((a, b) => (a < b ? -1 : 1));
  return Buffer.concat(ids.flatMap((id) => byId.get(id) ?? []));
}

import type { DeviceId } from '@catraca/domain';

/** What one device may send: as many scans at once as it has saved up, and so many a second in the long run. */
export interface DeviceRate {
  /** Scans a second. */
  readonly perSecond: number;
  /** Scans it may have saved up: the queue of a device that was offline goes up at once. */
  readonly burst: number;
}

interface Bucket {
  scans: number;
  /** When it held so many, by `performance.now()`. */
  at: number;
}

/** Beyond so many devices those that were silent are forgotten: they have saved up all they may, as one nobody knows. */
const bucketsKept = 10_000;

/**
 * A bucket of scans for each device, whatever sockets and requests it sends them over: a device that went mad, or is in
 * the wrong hands, must not take the gate's time from the others.
 */
export class DeviceRates {
  readonly #rate: DeviceRate;
  readonly #buckets = new Map<DeviceId, Bucket>();
  #sweepAt = bucketsKept;

  constructor(rate: DeviceRate) {
    this.#rate = rate;
  }

  /** Takes one scan of the device's share. False when it has used it up. `now`: ms of a clock that never goes back. */
  take(id: DeviceId, now: number): boolean {
    const { perSecond, burst } = this.#rate;
    const bucket = this.#buckets.get(id) ?? this.#add(id, now);
    bucket.scans = Math.min(burst, bucket.scans + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.scans < 1) return false;
    bucket.scans -= 1;
    return true;
  }

  #add(id: DeviceId, now: number): Bucket {
    if (this.#buckets.size >= this.#sweepAt) this.#forgetFull(now);
    const bucket = { scans: this.#rate.burst, at: now };
    this.#buckets.set(id, bucket);
    return bucket;
  }

  #forgetFull(now: number): void {
    const { perSecond, burst } = this.#rate;
    for (const [id, { scans, at }] of this.#buckets) {
      if (scans + ((now - at) / 1000) * perSecond >= burst) this.#buckets.delete(id);
    }
    // Not at each new device, where none can be forgotten.
    this.#sweepAt = Math.max(bucketsKept, 2 * this.#buckets.size);
  }
}

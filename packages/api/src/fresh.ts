/** Keys kept before old ones are dropped: a flood of made-up keys must not fill the memory. */
const keysMax = 1_000;

interface Reading<Value> {
  readonly at: number;
  readonly value: Promise<Value>;
}

/**
 * What many ask for and nobody needs to the millisecond. It is read by whoever asks first and given to all who ask within
 * `maxAgeMs`, so that a crowd costs the database no more than one reader.
 */
export class Fresh<Value> {
  readonly #maxAgeMs: number;
  readonly #readings = new Map<string, Reading<Value>>();

  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  /** At most `maxAgeMs` old. @throws what reading throws; the next who asks reads again. */
  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const known = this.#readings.get(key);
    if (known && now - known.at < this.#maxAgeMs) return known.value;
    // A query of Drizzle is no promise yet: it is sent anew by each who waits for it. This sends it once.
    const reading = { at: now, value: Promise.resolve(read()) };
    reading.value.catch(() => {
      if (this.#readings.get(key) === reading) this.#readings.delete(key);
    });
    // Put at the end: the keys stay in the order in which they were read.
    this.#readings.delete(key);
    this.#readings.set(key, reading);
    this.#dropOldest();
    return reading.value;
  }

  /** The next who asks reads again. */
  forget(): void {
    this.#readings.clear();
  }

  #dropOldest(): void {
    for (const key of this.#readings.keys()) {
      if (this.#readings.size <= keysMax) return;
      this.#readings.delete(key);
    }
  }
}

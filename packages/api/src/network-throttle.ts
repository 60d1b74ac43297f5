/** How many times a network may do a thing, and for how long they count. */
interface Allowance {
  timesMax: number;
  windowMs: number;
}

/** Networks remembered; beyond it the oldest are forgotten. */
const networksMax = 20_000;

/**
 * Slows down a network that does a costly thing very often. It remembers one process: several web processes each allow
 * this much.
 */
export class NetworkThrottle {
  readonly #allowance: Allowance;
  readonly #counted = new Map<string, { times: number; sinceMs: number }>();

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** Counts one time more; false when the network has had its share. `networkKey`: of `LimitKeys`. */
  take(networkKey: Uint8Array, now: Date): boolean {
    const key = Buffer.from(networkKey).toString('hex');
    const known = this.#counted.get(key);
    const isOld = !known || now.getTime() - known.sinceMs >= this.#allowance.windowMs;
    const next = isOld
      ? { times: 1, sinceMs: now.getTime() }
      : { ...known, times: known.times + 1 };
    if (next.times > this.#allowance.timesMax) return false;
    // Written anew, the key moves to the young end of the map.
    this.#counted.delete(key);
    this.#counted.set(key, next);
    const [oldest] = this.#counted.keys();
    if (this.#counted.size > networksMax && oldest !== undefined) this.#counted.delete(oldest);
    return true;
  }
}

/** An office has a few buyers who mistype their code; a machine that guesses gets nowhere with so many tries. */
export const codeAllowance: Allowance = { timesMax: 30, windowMs: 10 * 60_000 };

/** A whole booth types its people from one network: two a minute for ten minutes, and no machine's worth of pictures. */
export const applicationAllowance: Allowance = { timesMax: 120, windowMs: 10 * 60_000 };

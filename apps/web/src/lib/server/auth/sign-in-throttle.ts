/** How many tries a key has, and for how long they count. */
interface Allowance {
  triesMax: number;
  windowMs: number;
}

/** One person who mistypes at one place. */
const personAtAddress: Allowance = { triesMax: 8, windowMs: 5 * 60_000 };
/** Someone who tries one account from many addresses. */
const account: Allowance = { triesMax: 60, windowMs: 60 * 60_000 };
/** All the staff of a venue may share one address, so this stops only a machine. */
const address: Allowance = { triesMax: 300, windowMs: 5 * 60_000 };

/** Keys remembered; beyond it the oldest are forgotten, so that made-up e-mails cannot fill the memory. */
const keysMax = 20_000;

/** A try to sign in. The address is as the server sees it, the e-mail as it was typed. */
export interface SignInTry {
  email: string;
  address: string;
}

/**
 * Slows down whoever guesses passwords. A try is counted before the password is checked, so that a
 * thousand at once are a thousand; signing in gives the tries of that person at that address back.
 * It remembers one process: several web processes each allow this much.
 */
export class SignInThrottle {
  readonly #tries = new Map<string, { count: number; since: number }>();

  /** Milliseconds to wait before this try is allowed, 0 when it is. Times in ms since 1970. */
  take(attempt: SignInTry, now: number): number {
    const keys = keysOf(attempt);
    const waits = keys.map(([key, allowance]) => this.#wait(key, allowance, now));
    const wait = Math.max(...waits);
    if (wait === 0) for (const [key, allowance] of keys) this.#count(key, allowance, now);
    return wait;
  }

  /** The password was right. */
  succeeded(attempt: SignInTry): void {
    const [own] = keysOf(attempt);
    this.#tries.delete(own[0]);
  }

  #wait(key: string, { triesMax, windowMs }: Allowance, now: number): number {
    const known = this.#tries.get(key);
    if (!known || known.count < triesMax) return 0;
    return Math.max(0, known.since + windowMs - now);
  }

  #count(key: string, { windowMs }: Allowance, now: number): void {
    const known = this.#tries.get(key);
    const isOld = !known || now - known.since >= windowMs;
    const next = isOld ? { count: 1, since: now } : { ...known, count: known.count + 1 };
    // Written anew, the key moves to the young end of the map.
    this.#tries.delete(key);
    this.#tries.set(key, next);
    if (this.#tries.size > keysMax) this.#forgetOldest();
  }

  #forgetOldest(): void {
    for (const key of this.#tries.keys()) {
      if (this.#tries.size <= keysMax) return;
      this.#tries.delete(key);
    }
  }
}

type Counted = [key: string, allowance: Allowance];

function keysOf(attempt: SignInTry): [Counted, Counted, Counted] {
  const email = attempt.email.trim().toLowerCase();
  return [
    [`${attempt.address}|${email}`, personAtAddress],
    [`account|${email}`, account],
    [`address|${attempt.address}`, address],
  ];
}

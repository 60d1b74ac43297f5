import type { Node } from './nginx-config.ts';

/** How often each node is asked, and how long it may take to answer, in ms. A device gives its line four seconds. */
const askEveryMs = 1_000;
const answerWithinMs = 1_000;

/**
 * Good answers in a row after which a node is taken back. Twice as many after each time it failed, since each change leaves old
 * processes of nginx behind until their sockets are closed; as at first when it has been good for `forgivenAfter`.
 */
const neededAtFirst = 1;
const neededAtMost = 300;
const forgivenAfter = 600;

export interface Health {
  readonly isDown: boolean;
  /** Good answers since the last bad one. */
  readonly good: number;
  /** How many good ones bring it back. */
  readonly needed: number;
}

export const healthy: Health = { isDown: false, good: 0, needed: neededAtFirst };

/** A node's health after one more answer. */
export function nextHealth({ isDown, good, needed }: Health, isReady: boolean): Health {
  if (!isReady) {
    const more = isDown ? needed : Math.min(neededAtMost, needed * 2);
    return { isDown: true, good: 0, needed: more };
  }
  const row = good + 1;
  if (isDown) return { isDown: row < needed, good: row, needed };
  return { isDown, good: row, needed: row >= forgivenAfter ? neededAtFirst : needed };
}

/** nginx leaves out by itself who refuses a connection. Who takes it and then is silent, or says that it is not ready, it would ask again and again. */
export class NodeHealth {
  readonly #addresses: readonly string[];
  readonly #path: string;
  readonly #health = new Map<string, Health>();
  #timer: NodeJS.Timeout | undefined;

  /** `path` answers 200 while a node is ready. */
  constructor(addresses: readonly string[], path: string) {
    this.#addresses = addresses;
    this.#path = path;
  }

  get nodes(): Node[] {
    return this.#addresses.map((address) => ({ address, isDown: this.#of(address).isDown }));
  }

  /** Until `stop`. One node alone is not watched: there is none to go to instead. */
  watch(changed: () => void): void {
    if (this.#addresses.length > 1) this.#askLater(changed);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #of(address: string): Health {
    return this.#health.get(address) ?? healthy;
  }

  #askLater(changed: () => void): void {
    this.#timer = setTimeout(() => void this.#ask(changed), askEveryMs);
  }

  async #ask(changed: () => void): Promise<void> {
    const changes = await Promise.all(this.#addresses.map((address) => this.#askOne(address)));
    if (this.#timer === undefined) return;
    if (changes.includes(true)) changed();
    this.#askLater(changed);
  }

  /** @returns whether it came or went. */
  async #askOne(address: string): Promise<boolean> {
    const before = this.#of(address);
    const after = nextHealth(before, await isReady(address + this.#path));
    this.#health.set(address, after);
    return before.isDown !== after.isDown;
  }
}

async function isReady(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`http://${address}`, {
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

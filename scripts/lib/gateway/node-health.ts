import type { Node } from './nginx-config.ts';

/** How often each node is asked, and how long it may take to answer, in ms. A device gives its line four seconds. */
const askEveryMs = 1_000;
const answerWithinMs = 1_000;

/** nginx leaves out by itself who refuses a connection. Who takes it and then is silent, or says that it is not ready, it would ask again and again. */
export class NodeHealth {
  readonly #addresses: readonly string[];
  readonly #path: string;
  readonly #changed: () => void;
  #down = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `path` answers 200 while a node is ready. One node alone is not watched: there is none to go to instead. */
  constructor(addresses: readonly string[], path: string, changed: () => void) {
    this.#addresses = addresses;
    this.#path = path;
    this.#changed = changed;
    if (addresses.length > 1) this.#askLater();
  }

  get nodes(): Node[] {
    return this.#addresses.map((address) => ({ address, isDown: this.#down.has(address) }));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #askLater(): void {
    this.#timer = setTimeout(() => void this.#ask(), askEveryMs);
  }

  async #ask(): Promise<void> {
    const ready = await Promise.all(
      this.#addresses.map((address) => isReady(address + this.#path)),
    );
    if (this.#timer === undefined) return;
    const down = new Set(this.#addresses.filter((_, i) => !ready[i]));
    const isNew = down.symmetricDifference(this.#down).size > 0;
    this.#down = down;
    if (isNew) this.#changed();
    this.#askLater();
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

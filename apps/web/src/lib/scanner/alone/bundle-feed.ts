import { bundlePath } from '@catraca/protocol';

/** How often (ms) a connected device asks what is new: so old is what it knows when the line goes down. */
const askEveryMs = 5_000;
/** A whole bundle of a large event, over a bad network. */
const fetchTimeoutMs = 60_000;

export interface BundleFeedHandlers {
  /** The cursor of what is there; undefined for nothing. */
  cursor(): string | undefined;
  /** @returns whether it was good. */
  take(bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
}

/** Asks the server again and again for what is new of the event, while the line is up. */
export class BundleFeed {
  readonly #url: string;
  readonly #token: string;
  readonly #handlers: BundleFeedHandlers;
  #running: AbortController | undefined;

  /** `origin` is the realtime service's. */
  constructor(origin: string, token: string, handlers: BundleFeedHandlers) {
    this.#url = origin + bundlePath;
    this.#token = token;
    this.#handlers = handlers;
  }

  /** The line is up: begins to ask, at once. */
  start(): void {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    void this.#run(running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const hadNothing = this.#handlers.cursor() === undefined;
      await this.#ask(signal).catch(() => undefined);
      // The whole may be minutes old: what is new since is asked for at once.
      const hasWhole = hadNothing && this.#handlers.cursor() !== undefined;
      if (!hasWhole) await passed(askEveryMs, signal);
    }
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const cursor = this.#handlers.cursor();
    const query = cursor === undefined ? '' : `?since=${encodeURIComponent(cursor)}`;
    const response = await fetch(this.#url + query, {
      headers: { authorization: `Bearer ${this.#token}` },
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(fetchTimeoutMs)]),
    });
    // A token that is not good any more is told by the line as well.
    if (!response.ok) return;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!signal.aborted) await this.#handlers.take(bytes);
  }
}

function passed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

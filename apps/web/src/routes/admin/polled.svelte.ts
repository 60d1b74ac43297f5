import { onMount } from 'svelte';

/**
 * A value that is asked for again and again while its page is seen, so that nobody works with old figures
 * unawares: `failed` says that the latest question had no answer and `value` is older than it should be.
 */
export class Polled<Value> {
  value: Value;
  failed = $state(false);
  readonly #ask: () => Promise<Value>;

  constructor(first: Value, ask: () => Promise<Value>, everyMs: number) {
    this.value = $state.raw(first);
    this.#ask = ask;
    onMount(() => {
      const timer = setInterval(() => this.#whenSeen(), everyMs);
      const whenSeen = () => this.#whenSeen();
      document.addEventListener('visibilitychange', whenSeen);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', whenSeen);
      };
    });
  }

  #whenSeen(): void {
    if (document.visibilityState === 'visible') void this.refresh();
  }

  async refresh(): Promise<void> {
    try {
      this.value = await this.#ask();
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }
}

import type { Edition } from './edition.svelte.ts';

/**
 * What is typed into one part of the page, and what the part was when that began. All parts are of one event with one version, so the
 * version alone does not tell whether somebody else changed this part. Made while its component is.
 */
export class PartDraft<Values> {
  now: Values;
  #began: string;
  readonly #stored: () => Values;

  constructor(edition: Edition, stored: () => Values) {
    this.#stored = stored;
    this.now = $state(stored());
    this.#began = JSON.stringify(stored());
    edition.add(this);
    // A part that nobody types into shows what others save.
    $effect(() => {
      if (this.isBehind && !this.isTyped) this.load();
    });
  }

  /** All that is in its fields, to be compared. */
  get typed(): string {
    return JSON.stringify(this.now);
  }

  get isTyped(): boolean {
    return this.typed !== this.#began;
  }

  /** Somebody else changed this part since it was loaded. */
  get isBehind(): boolean {
    return JSON.stringify(this.#stored()) !== this.#began;
  }

  load(): void {
    this.now = this.#stored();
    this.#began = JSON.stringify(this.#stored());
  }

  /** `sent` was stored, and the page knows it. What was typed since then stays. */
  saved(sent: string): void {
    if (this.typed === sent) this.load();
    else this.#began = JSON.stringify(this.#stored());
  }
}

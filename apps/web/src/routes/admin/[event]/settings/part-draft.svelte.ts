/**
 * What is typed into one part of the page, and what the part was when that began. All parts are of one event with one version, so the
 * version alone does not tell whether somebody else changed this part. Made while its component is.
 */
export class PartDraft<Values> {
  now: Values;
  #began: string;
  readonly #stored: () => Values;

  constructor(stored: () => Values) {
    this.#stored = stored;
    this.now = $state(stored());
    this.#began = JSON.stringify(stored());
    // A part that nobody types into shows what others save.
    $effect(() => {
      if (this.isBehind && JSON.stringify(this.now) === this.#began) this.load();
    });
  }

  /** Somebody else changed this part since it was loaded. */
  get isBehind(): boolean {
    return JSON.stringify(this.#stored()) !== this.#began;
  }

  load(): void {
    this.now = this.#stored();
    this.kept();
  }

  /** What the page knows now is what was typed, or was decided against. */
  kept(): void {
    this.#began = JSON.stringify(this.#stored());
  }
}

/** The edition of the event that the page knows: what was loaded, or what a part of the page saved since. */
export class Edition {
  #saved = $state(0);
  readonly #loaded: () => number;
  readonly #parts: { readonly isTyped: boolean }[] = [];

  constructor(loaded: () => number) {
    this.#loaded = loaded;
  }

  get version(): number {
    return Math.max(this.#saved, this.#loaded());
  }

  saved(version: number): void {
    this.#saved = version;
  }

  add(part: { readonly isTyped: boolean }): void {
    this.#parts.push(part);
  }

  /** Something is typed into a part of it that was not saved. */
  get isTyped(): boolean {
    return this.#parts.some((part) => part.isTyped);
  }
}

/** The edition of the event that the page knows: what was loaded, or what a part of the page saved since. */
export class Edition {
  #saved = $state(0);
  readonly #loaded: () => number;

  constructor(loaded: () => number) {
    this.#loaded = loaded;
  }

  get version(): number {
    return Math.max(this.#saved, this.#loaded());
  }

  saved(version: number): void {
    this.#saved = version;
  }
}

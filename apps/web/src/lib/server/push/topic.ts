/** How often (ms) what somebody looks at is read again. */
const readEveryMs = 500;

export interface TopicOf<Value> {
  read(): Promise<Value>;
  /** What one who begins to look is told. */
  whole(value: Value): Uint8Array;
  /** What those are told who know `before`; undefined when there is nothing to tell. */
  change(before: Value, after: Value): Uint8Array | undefined;
}

type Send = (message: Uint8Array) => void;

/** Something that changes and that many look at: read by one, told to all. It is read only while somebody looks. */
export class Topic<Value> {
  readonly #of: TopicOf<Value>;
  readonly #readers = new Set<Send>();
  #current: { value: Value } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading = false;

  constructor(of: TopicOf<Value>) {
    this.#of = of;
  }

  get isWatched(): boolean {
    return this.#readers.size > 0;
  }

  /** Tells the whole as soon as it is known, then each change, until the returned function is called. */
  subscribe(send: Send): () => void {
    this.#readers.add(send);
    if (this.#current) send(this.#of.whole(this.#current.value));
    else void this.#refresh();
    this.#timer ??= setInterval(() => void this.#refresh(), readEveryMs);
    return () => {
      this.#readers.delete(send);
      if (this.isWatched) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#current = undefined;
    };
  }

  async #refresh(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const after = await this.#of.read();
      if (this.isWatched) this.#tell(after);
    } catch {
      // What was told stays true as far as anybody knows; the next reading comes soon.
    } finally {
      this.#reading = false;
    }
  }

  #tell(after: Value): void {
    const before = this.#current;
    this.#current = { value: after };
    const message = before ? this.#of.change(before.value, after) : this.#of.whole(after);
    if (message === undefined) return;
    for (const send of [...this.#readers]) send(message);
  }
}

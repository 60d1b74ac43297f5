import type { EventReader } from '@catraca/api';

/** How often (ms) what somebody looks at is read again. */
const readEveryMs = 500;

export interface TopicOf<Value> {
  read(): Promise<Value>;
  /** What one who begins to look is told. */
  whole(value: Value): Uint8Array;
  /** What those are told who know `before`; undefined when there is nothing to tell. */
  change(before: Value, after: Value): Uint8Array | undefined;
}

type Reader = Pick<EventReader, 'send'>;

interface Current<Value> {
  readonly value: Value;
  /** Made when it is needed, and once: the same bytes for all who come before the next change. */
  whole?: Uint8Array;
}

/** Something that changes and that many look at: read by one, told to all. It is read only while somebody looks. */
export class Topic<Value> {
  readonly #of: TopicOf<Value>;
  readonly #readers = new Set<Reader>();
  #current: Current<Value> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading = false;

  constructor(of: TopicOf<Value>) {
    this.#of = of;
  }

  get isWatched(): boolean {
    return this.#readers.size > 0;
  }

  /** Tells the whole as soon as it is known, then each change, until the returned function is called. */
  subscribe(reader: Reader): () => void {
    this.#readers.add(reader);
    if (this.#current) reader.send(this.#whole(this.#current));
    else void this.#refresh();
    this.#timer ??= setInterval(() => void this.#refresh(), readEveryMs);
    return () => {
      this.#readers.delete(reader);
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
    const message = before ? this.#of.change(before.value, after) : undefined;
    // Nothing changed: the bytes that were made stay good.
    if (before && message === undefined) return;
    this.#current = { value: after };
    const told = message ?? this.#whole(this.#current);
    for (const reader of [...this.#readers]) reader.send(told);
  }

  #whole(current: Current<Value>): Uint8Array {
    return (current.whole ??= this.#of.whole(current.value));
  }
}

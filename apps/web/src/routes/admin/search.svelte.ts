/** Where a page of a list lies: at an end of it, or after or before a row that was seen. */
export type Leaf = 'first' | 'last' | { after: string } | { before: string };

/** What a list shows. */
export interface Wish {
  text: string;
}
/** What a list of pages shows. */
export interface LeafWish extends Wish {
  leaf: Leaf;
}

/** After the last key, so that a name typed in one go is one question. */
const pauseMs = 250;

/**
 * The search of a list: what is wished for, and the latest answer to it. What was typed is kept out of the
 * address, since it is mostly people's names. Answers that come late are dropped.
 */
export class Search<Wished extends Wish, Answer> {
  wish: Wished;
  answer: Answer;
  /** `failed`: `answer` is to an earlier wish. */
  state: 'answered' | 'asking' | 'failed' = $state('answered');
  /** Told of each wish that is asked for. */
  onask: ((wish: Wished) => void) | undefined;
  readonly #ask: (wish: Wished) => Promise<Answer>;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(wish: Wished, answer: Answer, ask: (wish: Wished) => Promise<Answer>) {
    this.wish = $state.raw(wish);
    this.answer = $state.raw(answer);
    this.#ask = ask;
  }

  /** Wishes for something else: from the first page on, unless the page is what changed. */
  change(part: Partial<Wished>): void {
    const first = 'leaf' in this.wish && { leaf: 'first' };
    this.#wishFor({ ...this.wish, ...first, ...part }, part.text === undefined ? 0 : pauseMs);
  }

  /** Wishes for this, if it is something else. */
  show(wish: Wished): void {
    if (JSON.stringify(wish) !== JSON.stringify(this.wish)) this.#wishFor(wish, 0);
  }

  #wishFor(wish: Wished, waitMs: number): void {
    this.wish = wish;
    this.state = 'asking';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.ask(), waitMs);
  }

  /** Asks again for the same. */
  async ask(): Promise<void> {
    const question = ++this.#asked;
    this.state = 'asking';
    this.onask?.(this.wish);
    try {
      const answer = await this.#ask(this.wish);
      if (question !== this.#asked) return;
      this.answer = answer;
      this.state = 'answered';
    } catch {
      if (question === this.#asked) this.state = 'failed';
    }
  }
}

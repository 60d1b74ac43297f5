/** What a list shows. Pages count from 0. */
interface Wish {
  text: string;
  page: number;
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
    const waitMs = part.text === undefined ? 0 : pauseMs;
    this.wish = { ...this.wish, page: 0, ...part };
    this.state = 'asking';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.ask(), waitMs);
  }

  /** Asks again for the same. */
  async ask(): Promise<void> {
    const question = ++this.#asked;
    this.state = 'asking';
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

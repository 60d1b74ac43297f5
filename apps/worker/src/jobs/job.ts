import { describeError, type Log } from '../log.ts';

/** One round of a job. Returns how much it did; when that is `full`, there may be more and it is called again at once. */
export interface Work {
  readonly name: string;
  /** How often (ms) it looks, when nobody wakes it. */
  readonly everyMs: number;
  run(now: Date): Promise<'done' | 'more'>;
}

/** A piece of work that runs again and again, one round at a time, until it is stopped. A round that fails is logged and comes again. */
export class Job {
  readonly #work: Work;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #woken = false;
  #stopped = false;

  constructor(work: Work, log: Log) {
    this.#work = work;
    this.#log = log;
    this.wake();
  }

  /** Runs a round now, or right after the one that is under way. */
  wake(): void {
    this.#woken = true;
    if (this.#round !== undefined || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#round = this.#rounds().finally(() => {
      this.#round = undefined;
      if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), this.#work.everyMs);
    });
  }

  /** Resolves when the round under way is over; no other begins. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  async #rounds(): Promise<void> {
    while (this.#woken && !this.#stopped) {
      this.#woken = false;
      try {
        if ((await this.#work.run(new Date())) === 'more') this.#woken = true;
      } catch (error) {
        this.#log.warn({ job: this.#work.name, error: describeError(error) }, 'round failed');
      }
    }
  }
}

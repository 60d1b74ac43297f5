import { type Db, openDb } from '@catraca/db';
import { setTimeout as pause } from 'node:timers/promises';

/** Connections for all that is not a batch: venues, devices, walls. */
const poolSize = 4;

/**
 * The connections for all that is not a batch. A query on a line that went dead without a word would wait for a quarter of
 * an hour, and soon all connections with it: so they are left behind and others opened when the line is known to be dead.
 */
export class Pool {
  readonly #url: string;
  #db: Db;

  constructor(url: string) {
    this.#url = url;
    this.#db = this.#open();
  }

  /** Ask for it at each use. */
  get db(): Db {
    return this.#db;
  }

  /** How long (ms) the simplest question takes now; undefined when it fails, or takes longer than this. */
  async answerMs(withinMs: number): Promise<number | undefined> {
    const startedAt = performance.now();
    const answered = this.#db.$client`select 1`.then(
      () => performance.now() - startedAt,
      () => undefined,
    );
    return Promise.race([answered, pause(withinMs, undefined, { ref: false })]);
  }

  /** Queries that wait fail now. */
  reopen(): void {
    void this.#db.$client.end({ timeout: 0 });
    this.#db = this.#open();
  }

  async close(): Promise<void> {
    await this.#db.$client.end({ timeout: 0 });
  }

  #open(): Db {
    return openDb(this.#url, { connections: poolSize, name: 'catraca-realtime' });
  }
}

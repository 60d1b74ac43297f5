import { type Db, openDb } from '@catraca/db';

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

import {
  type GateDb,
  type GateScan,
  gateStatementTimeoutMs,
  type Judged,
  judgeScans,
  openGateDb,
} from '@catraca/db/gate';

/** A batch that takes longer (ms) than its statements may is on a connection that answers no more. */
const batchTimeoutMs = gateStatementTimeoutMs + 1_000;

/** Thrown when a batch took too long; its scans may still become durable. */
export class LaneTimeoutError extends Error {
  override readonly name = 'LaneTimeoutError';
}

/** One connection, for one batch at a time. */
export class Lane {
  readonly #url: string;
  readonly #site: number;
  #db: GateDb;

  constructor(url: string, site: number) {
    this.#url = url;
    this.#site = site;
    this.#db = openGateDb(url);
  }

  /** @throws what the database throws, or LaneTimeoutError: then nothing is known of the scans. */
  async judge(scans: readonly GateScan[]): Promise<Judged> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new LaneTimeoutError('no answer')), batchTimeoutMs);
    try {
      return await Promise.race([judgeScans(this.#db, this.#site, scans), late]);
    } catch (error) {
      if (error instanceof LaneTimeoutError) this.#reopen();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** A connection that hangs is left behind, not waited for. */
  #reopen(): void {
    void this.#db.end({ timeout: 0 });
    this.#db = openGateDb(this.#url);
  }

  async close(): Promise<void> {
    await this.#db.end({ timeout: 0 });
  }
}

import assert from 'node:assert/strict';
import path from 'node:path';
import type { BenchDatabase } from './database/bench-database.ts';
import { checkLog, countTotals } from './database/check-log.ts';
import { Histogram } from './measure/histogram.ts';
import { startMeter, type Usage } from './measure/meter.ts';
import { memoryMiB } from './measure/processes.ts';
import { checkAnswers } from './passes/check-answers.ts';
import { scannersMax } from './passes/device.ts';
import { settledTotals } from './settled-totals.ts';
import { Generator } from './services/generator.ts';
import { startRealtime } from './services/realtime.ts';
import type { Service } from './services/service.ts';
import { startUsualFeed } from './services/usual-feed.ts';
import { Watchers } from './services/watchers.ts';
import type { Round, RoundOrder } from './session.ts';
import type { Watched } from './watchers/orders.ts';

export interface FeedSetup {
  readonly design: 'ours' | 'usual';
  readonly watchers: number;
  /** So many of them never read. */
  readonly stalled: number;
}

/** A round of load as the gate's `Session` has it: of the usage, the first service is the one of the walls. */
export type FeedRound = Round & { readonly watched: Watched };

export interface Storm {
  /** How long walls were without a current picture. */
  readonly current: Histogram;
  readonly memoryMiB: { readonly before: number; readonly after: number };
}

/**
 * A gate that is scanned at, and beside it, on the same database, a process that does nothing but serve walls: what walls cost is
 * what that takes, in either design.
 */
export class FeedSession {
  readonly #database: BenchDatabase;
  readonly #generator = new Generator();
  readonly #watchers = new Watchers();
  #gate: Service | undefined;
  #feed: Service | undefined;

  private constructor(database: BenchDatabase) {
    this.#database = database;
  }

  /** Starts everything, and connects. */
  static async open(database: BenchDatabase, setup: FeedSetup): Promise<FeedSession> {
    const session = new FeedSession(database);
    try {
      await session.#start(setup);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async #start({ design, watchers, stalled }: FeedSetup): Promise<void> {
    const { url, dataDir, event } = this.#database;
    const { eventId } = event.venue;
    this.#gate = await startRealtime(url, path.join(dataDir, '../realtime-gate'));
    this.#feed =
      design === 'ours'
        ? await startRealtime(url, path.join(dataDir, '../realtime-feed'))
        : await startUsualFeed(url, eventId);
    await this.#generator.connect({
      ...{ wire: 'gate', ports: [this.#gate.port], scanners: scannersMax },
    });
    await this.#watchers.connect([this.#feed.port], eventId, watchers, stalled);
  }

  /** Scans for a while, and reads the meters meanwhile. */
  async round(order: RoundOrder): Promise<FeedRound> {
    const { sql, event, walk, serverPid } = this.#database;
    await this.#generator.prepare({ ...order, walk, facts: event.scanFacts });
    const parties = {
      ...{ service: [this.#feedPid, this.#gatePid], database: serverPid },
      ...{ generator: this.#generator.pid, watchers: this.#watchers.pid },
    };
    let readMeter: ReturnType<typeof startMeter> | undefined;
    let usage: Usage | undefined;
    let watched: Watched | undefined;
    const outcome = await this.#generator.run(
      order,
      async () => {
        this.#watchers.count();
        await (readMeter = startMeter(sql, parties));
      },
      async () => {
        watched = await this.#watchers.report();
        usage = await (await readMeter)?.();
      },
    );
    assert(usage && watched, 'a window that was closed was opened');
    this.#database.walk = { ...walk, cursor: outcome.cursor };
    return {
      ...{ outcome, usage, watched },
      answers: checkAnswers(outcome.expected, outcome.answers),
      log: await checkLog(sql, outcome.runAt, outcome.answers),
      memoryMiB: { service: memoryMiB(this.#feedPid), database: memoryMiB(serverPid) },
    };
  }

  /** Walls that do not come to show what the log has. */
  async countWrongTotals(): Promise<number> {
    return settledTotals(
      await countTotals(this.#database.sql),
      async () => (await this.#watchers.report()).shown,
    );
  }

  /** All walls that read lose their lines and come back at once. */
  async storm(): Promise<Storm> {
    const before = memoryMiB(this.#feedPid);
    const current = new Histogram(await this.#watchers.storm());
    return { current, memoryMiB: { before, after: memoryMiB(this.#feedPid) } };
  }

  async close(): Promise<void> {
    this.#watchers.stop();
    this.#generator.stop();
    await Promise.all([this.#feed?.stop(), this.#gate?.stop()]);
  }

  get #feedPid(): number {
    assert(this.#feed);
    return this.#feed.pid;
  }

  get #gatePid(): number {
    assert(this.#gate);
    return this.#gate.pid;
  }
}

import assert from 'node:assert/strict';
import path from 'node:path';
import type { LiveTotals } from '@catraca/protocol';
import type { BenchDatabase } from './database/bench-database.ts';
import { checkLog, type LogCheck } from './database/check-log.ts';
import type { Load, RunOutcome } from './generator/orders.ts';
import { type Parties, startMeter, type Usage } from './measure/meter.ts';
import { memoryMiB } from './measure/processes.ts';
import { type AnswerCheck, checkAnswers } from './passes/check-answers.ts';
import { scannersMax } from './passes/device.ts';
import { Generator } from './services/generator.ts';
import { startRealtime } from './services/realtime.ts';
import type { Service } from './services/service.ts';
import { startUsual } from './services/usual.ts';
import { Watchers } from './services/watchers.ts';
import type { Watched } from './watchers/orders.ts';

/** What is measured. */
export interface Setup {
  readonly design: 'ours' | 'usual';
  /** Realtime processes, on which the scanners are spread. */
  readonly processes: number;
  readonly watchers: number;
  /** Where the service's CPU profile goes, if one is wanted. */
  readonly profileDir?: string | undefined;
}

export interface RoundOrder {
  readonly load: Load;
  readonly leadMs: number;
  readonly windowMs: number;
  /** As many scans are made ready. When they are used up, the round is over. */
  readonly scansMax: number;
}

/** What came of one round of load. */
export interface Round {
  readonly outcome: RunOutcome;
  readonly usage: Usage;
  readonly answers: AnswerCheck;
  readonly log: LogCheck;
  readonly memoryMiB: { readonly service: number; readonly database: number };
  readonly watched: Watched | undefined;
}

/** Services that run, with a load generator (and walls) connected to them. */
export class Session {
  readonly #database: BenchDatabase;
  readonly #services: Service[] = [];
  readonly #generator = new Generator();
  readonly #watchers: Watchers | undefined;

  private constructor(database: BenchDatabase, setup: Setup) {
    this.#database = database;
    this.#watchers = setup.watchers > 0 ? new Watchers() : undefined;
  }

  /** Starts everything, and connects. */
  static async open(database: BenchDatabase, setup: Setup): Promise<Session> {
    const session = new Session(database, setup);
    try {
      await session.#start(setup);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async #start({ design, processes, watchers, profileDir }: Setup): Promise<void> {
    const { url, dataDir, event } = this.#database;
    for (let number = 1; number <= processes; number++) {
      const service =
        design === 'usual'
          ? startUsual(url)
          : startRealtime(url, path.join(dataDir, `../realtime-${number}`), profileDir);
      this.#services.push(await service);
    }
    const ports = this.#services.map(({ port }) => port);
    const wire = design === 'usual' ? 'http' : 'gate';
    await this.#generator.connect({ wire, ports, scanners: scannersMax });
    await this.#watchers?.connect(ports, event.venue.eventId, watchers);
  }

  /** Scans for a while, reads the meters meanwhile, and compares every answer with the log afterwards. */
  async round(order: RoundOrder): Promise<Round> {
    const { sql, event, walk } = this.#database;
    const { load, leadMs, windowMs, scansMax } = order;
    await this.#generator.prepare({ facts: event.scanFacts, walk, scansMax });
    let readMeter: ReturnType<typeof startMeter> | undefined;
    let usage: Usage | undefined;
    let watched: Watched | undefined;
    const outcome = await this.#generator.run(
      { load, leadMs, windowMs },
      async () => {
        this.#watchers?.count();
        readMeter = startMeter(sql, this.#parties());
        await readMeter;
      },
      async () => {
        watched = await this.#watchers?.report();
        usage = await (await readMeter)?.();
      },
    );
    assert(usage, 'a window that was closed was opened');
    this.#database.walk = { ...walk, cursor: outcome.cursor };
    return {
      ...{ outcome, usage, watched },
      answers: checkAnswers(outcome.expected, outcome.answers),
      log: await checkLog(sql, outcome.runAt, outcome.answers),
      memoryMiB: this.#memory(),
    };
  }

  #parties(): Parties {
    return {
      service: this.#services.map(({ pid }) => pid),
      database: this.#database.serverPid,
      generator: this.#generator.pid,
      watchers: this.#watchers?.pid,
    };
  }

  #memory(): Round['memoryMiB'] {
    return {
      service: this.#services.reduce((sum, { pid }) => sum + memoryMiB(pid), 0),
      database: memoryMiB(this.#database.serverPid),
    };
  }

  /** What the walls show that read everything. */
  async shownTotals(): Promise<readonly LiveTotals[]> {
    return (await this.#watchers?.report())?.shown ?? [];
  }

  async close(): Promise<void> {
    this.#watchers?.stop();
    this.#generator.stop();
    await Promise.all(this.#services.map((service) => service.stop()));
  }
}

import { holdPersonalKeys, migrate, openDb, type Db } from '@catraca/db';
import { createDatabase, freePort, startPostgres, stopPostgres } from '@catraca/db/embedded';
import { testPersonalKeys, writeTestKeys } from '@catraca/db/testing/personal-keys';
import { testMasterKey } from '@catraca/db/testing/shop';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Machine } from './network/network.ts';
import { end, startCatraca, type Started } from '../support/npm-start.ts';

const databaseName = 'catraca';

export const killable = ['web', 'realtime', 'worker', 'postgres'] as const;
export type Killable = (typeof killable)[number];

const entries = {
  web: 'apps/web/server.ts',
  realtime: 'apps/realtime/src/main.ts',
  worker: 'apps/worker/src/main.ts',
};

/** A whole site as `npm start` runs it: a machine with its own data folder, its own PostgreSQL, its own processes. */
export class RunningSite {
  readonly webPort: number;
  readonly realtimePort: number;
  readonly #machine: Machine;
  readonly #data = mkdtempSync(path.join(tmpdir(), 'catraca-two-sites-'));
  #started: Started | undefined;
  #db: Db | undefined;
  readonly #left: Db[] = [];

  private constructor(machine: Machine, webPort: number, realtimePort: number) {
    this.#machine = machine;
    this.webPort = webPort;
    this.realtimePort = realtimePort;
  }

  static async make(machine: Machine): Promise<RunningSite> {
    return new RunningSite(machine, await freePort(), await freePort());
  }

  /** Before the first start: a migrated database that a test fills. */
  async fill(work: (db: Db) => Promise<void>): Promise<void> {
    const server = await startPostgres({ dataDir: this.#dataDir });
    const url = await createDatabase(server.url, databaseName);
    await migrate(url);
    const db = openDb(url, { connections: 4 });
    // The test sells to people, and the site reads who they are.
    holdPersonalKeys(testPersonalKeys);
    await writeTestKeys(db);
    await work(db);
    await db.$client.end();
    // From now on it runs on the site's machine.
    await server.stop();
  }

  async start(...args: string[]): Promise<void> {
    const ports = ['--port', `${this.webPort}`, '--realtime-port', `${this.realtimePort}`];
    // The test sells as the site's own processes do: with its signing key.
    const settings = { CATRACA_MASTER_KEY: Buffer.from(testMasterKey).toString('hex') };
    this.#started = await startCatraca(
      ...[this.#data, [...ports, ...args], settings, this.#machine.enter],
    );
  }

  /** The site's database, as long as its server lives. */
  async db(): Promise<Db> {
    const url = await this.#databaseUrl();
    this.#db ??= openDb(url, { connections: 4 });
    return this.#db;
  }

  /** Where devices of the test reach the site's realtime. */
  async realtimeUrl(): Promise<string> {
    return `http://127.0.0.1:${await this.#machine.reach(this.realtimePort)}`;
  }

  /** SIGKILL, in the middle of whatever it does; then the rest is ended as well, and all of it started again. */
  async killAndRestart(what: Killable, ...args: string[]): Promise<void> {
    const started = this.#started;
    if (!started) throw new Error('the site does not run');
    const over = once(started.process, 'exit');
    process.kill(what === 'postgres' ? this.#postgresPid() : this.#pidOf(started, what), 'SIGKILL');
    // A start that loses a service ends by itself; one that loses its database is told to.
    if (what === 'postgres') started.process.kill('SIGTERM');
    await over;
    this.#leaveDb();
    await this.start(...args);
  }

  async remove(): Promise<void> {
    this.#leaveDb();
    await Promise.all(this.#left.map((db) => db.$client.end({ timeout: 1 })));
    if (this.#started?.process.exitCode === null) await end(this.#started, 'SIGTERM');
    await stopPostgres(this.#dataDir);
    rmSync(this.#data, { recursive: true });
  }

  get #dataDir(): string {
    return path.join(this.#data, 'postgres');
  }

  async #databaseUrl(): Promise<string> {
    const read = (file: string) => readFileSync(path.join(this.#dataDir, file), 'utf8');
    const port = await this.#machine.reach(Number(read('port')));
    return `postgres://postgres:${read('password')}@127.0.0.1:${port}/${databaseName}`;
  }

  /** Somebody may be using it: it is ended when nobody does any more. */
  #leaveDb(): void {
    if (this.#db) this.#left.push(this.#db);
    this.#db = undefined;
  }

  #postgresPid(): number {
    const file = path.join(this.#dataDir, 'postmaster.pid');
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  }

  #pidOf({ process: { pid } }: Started, what: Exclude<Killable, 'postgres'>): number {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const found = children.find((child) =>
      readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(entries[what]),
    );
    if (!found) throw new Error(`${what} does not run`);
    return Number(found);
  }
}

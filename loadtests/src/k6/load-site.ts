import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Db, ensurePersonalKeys, holdKeysOf, initSite, migrate, openDb } from '@catraca/db';
import { createDatabase, freePort, startPostgres, stopPostgres } from '@catraca/db/embedded';
import { type ServiceEnvironment, serviceEnvironment } from '../../../scripts/lib/environment.ts';
import { isAlive } from '../../../scripts/lib/lock.ts';
import { masterKeyOf, randomKey, type Secrets } from '../../../scripts/lib/secrets.ts';
import { type Service, startService, tail } from '../../../scripts/lib/service.ts';

const runs = path.resolve(import.meta.dirname, '../../../.data/load');

/** A process that takes part in a run. */
export interface Process {
  /** `realtime 1`, `web`, `PostgreSQL`. */
  readonly name: string;
  readonly pid: number;
}

/** A realtime process. */
export interface RealtimeNode extends Process {
  /** `ws://127.0.0.1:port`. */
  readonly url: string;
  /** Ends it as a machine that dies would. Its end is no failure then. */
  kill(): void;
}

/** A site of its own for one run: PostgreSQL with fsync on, and the services a scenario needs. Nothing of it outlives the run. */
export class LoadSite {
  /** For what a script reads and writes. */
  readonly dataDir: string;
  readonly db: Db;
  readonly secrets: Secrets;
  readonly processes: Process[] = [];
  readonly webUrl: string;
  readonly #folder: string;
  readonly #environment: ServiceEnvironment & Record<string, string>;
  readonly #services: Service[] = [];
  /** Services whose end was wanted. */
  readonly #ended = new Set<Service>();
  /** What a service said that ended by itself. */
  readonly accidents: string[] = [];

  private constructor(folder: string, db: Db, environment: ServiceEnvironment, secrets: Secrets) {
    this.#folder = folder;
    this.dataDir = path.join(folder, 'k6');
    mkdirSync(this.dataDir);
    this.db = db;
    this.secrets = secrets;
    this.webUrl = environment.WEB_ORIGIN;
    // Buyers come from many networks: each names its own, as a proxy in front of the shop would.
    this.#environment = { ...environment, ADDRESS_HEADER: 'x-forwarded-for', LOG_LEVEL: 'warn' };
  }

  /** Starts the database, migrated and empty. */
  static async open(): Promise<LoadSite> {
    await removeAbandoned();
    mkdirSync(runs, { recursive: true });
    const folder = mkdtempSync(path.join(runs, `${process.pid}-`));
    const server = await startPostgres({ dataDir: path.join(folder, 'postgres') });
    const databaseUrl = await createDatabase(server.url, 'load');
    await migrate(databaseUrl);
    const secrets = { CATRACA_SECRET: randomKey(), CATRACA_MASTER_KEY: randomKey() };
    const environment = serviceEnvironment({
      ...{ databaseUrl, secrets, host: '127.0.0.1', mailboxDir: path.join(folder, 'mailbox') },
      webPort: await freePort(),
      realtimePort: 0,
      smtpPort: await freePort(),
    });
    const db = openDb(databaseUrl, { connections: 4, name: 'load' });
    await initSite(db, { number: 1, name: 'load', kind: 'cloud' });
    await ensurePersonalKeys(db, masterKeyOf(secrets));
    await holdKeysOf(db, masterKeyOf(secrets));
    const site = new LoadSite(folder, db, environment, secrets);
    site.processes.push({ name: 'PostgreSQL', pid: await postmasterPid(db) });
    return site;
  }

  get masterKey(): Uint8Array {
    return masterKeyOf(this.secrets);
  }

  async startRealtime(): Promise<RealtimeNode> {
    const number = this.#services.filter(({ name }) => name === 'realtime').length + 1;
    const port = await freePort();
    const service = await this.#start('realtime', `realtime-${number}`, {
      REALTIME_PORT: String(port),
    });
    const pid = pidOf(service);
    this.processes.push({ name: `realtime ${number}`, pid });
    const kill = () => {
      this.#ended.add(service);
      process.kill(pid, 'SIGKILL');
    };
    return { name: `realtime ${number}`, pid, url: `ws://127.0.0.1:${port}`, kill };
  }

  /** `web` needs its build: `buildWeb()`. */
  async startOther(name: 'web' | 'worker'): Promise<void> {
    const service = await this.#start(name, name, {});
    this.processes.push({ name, pid: pidOf(service) });
  }

  async #start(name: Service['name'], folder: string, more: Record<string, string>) {
    const environment = { ...this.#environment, ...more };
    const service = await startService(name, environment, path.join(this.#folder, folder));
    this.#services.push(service);
    void service.ended.then(() => {
      if (!this.#ended.has(service)) {
        this.accidents.push(`${folder} ended by itself:\n${tail(service.log)}`);
      }
    });
    return service;
  }

  /** A file for the scripts: see `k6/lib/data.js`. */
  write(name: string, content: unknown): void {
    writeFileSync(path.join(this.dataDir, `${name}.json`), JSON.stringify(content));
  }

  /** Ends everything, and removes it. */
  async close(): Promise<void> {
    await Promise.all(
      this.#services.map((service) => {
        this.#ended.add(service);
        return service.stop();
      }),
    );
    await this.db.$client.end({ timeout: 1 });
    await removeRun(this.#folder);
  }
}

function pidOf({ process: { pid }, name }: Service): number {
  if (pid === undefined) throw new Error(`${name} has no process`);
  return pid;
}

async function postmasterPid(db: Db): Promise<number> {
  const [row] = await db.$client<{ pid: string }[]>`
    select split_part(pg_read_file('postmaster.pid'), E'\n', 1) as pid`;
  return Number(row?.pid);
}

/** Ends what is left of runs that are over, this process's too: a server outlives whoever started it. */
export async function removeAbandoned(alsoOwn = false): Promise<void> {
  mkdirSync(runs, { recursive: true });
  for (const name of readdirSync(runs)) {
    const owner = Number.parseInt(name, 10);
    if (isAlive(owner) && !(alsoOwn && owner === process.pid)) continue;
    await removeRun(path.join(runs, name));
  }
}

async function removeRun(folder: string): Promise<void> {
  await stopPostgres(path.join(folder, 'postgres'));
  rmSync(folder, { recursive: true, force: true });
}

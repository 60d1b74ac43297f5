import assert from 'node:assert/strict';
import path from 'node:path';
import { createDatabase, dropDatabase, freePort } from '@catraca/db/embedded';
import { serviceEnvironment } from '../../../scripts/lib/environment.ts';
import { type Service, startService } from '../../../scripts/lib/service.ts';
import { openSql, type Sql } from '../database/open-sql.ts';
import { startMeter } from '../measure/meter.ts';
import { memoryMiB } from '../measure/processes.ts';
import { Child } from '../services/child.ts';
import { checkSale } from './check-sale.ts';
import { saleFiguresOf, type SaleFigures } from './figures.ts';
import type { SaleMode } from './modes.ts';
import type { Offer, Report, RunOrder, SaleOutcome } from './orders.ts';
import { saleSecrets, saleTemplate, type SaleServer } from './sale-server.ts';
import type { UsualShopOrder } from './usual/main.ts';

export interface SaleTiming {
  readonly warmupMs: number;
  readonly windowMs: number;
}

export interface SaleMeasurement {
  readonly figures: SaleFigures;
  /** In words; empty when all is right. */
  readonly faults: readonly string[];
  readonly refused: Readonly<Record<string, number>>;
  /** Orders that were paid, warm-up included. */
  readonly paid: number;
}

export interface SaleSetup extends SaleMode {
  readonly buyers: number;
  /** Where CPU profiles of the web processes go, if they are wanted. */
  readonly profileDir?: string | undefined;
}

/** Processes that sell. */
interface Sellers {
  readonly ports: readonly number[];
  readonly web: readonly number[];
  readonly worker: number | undefined;
  stop(): Promise<void>;
}

/** A fresh database, the services of the design on it, a crowd, and then every answer and every row looked at. */
export async function measureSale(
  server: SaleServer,
  offer: Offer,
  setup: SaleSetup,
  { warmupMs, windowMs }: SaleTiming,
): Promise<SaleMeasurement> {
  const name = `sale_${Date.now()}`;
  const url = await createDatabase(server.url, name, saleTemplate);
  const sql = openSql(url);
  try {
    const sellers =
      setup.design === 'ours'
        ? await startOurs(url, setup, server.logDir)
        : await startUsual(url, offer.slug);
    try {
      const { journey, design, buyers } = setup;
      const { ports } = sellers;
      const order = { kind: 'run' as const, design, ports, journey, buyers, offer };
      const measured = await runCrowd(sql, server, sellers, {
        ...{ ...order, leadMs: warmupMs, windowMs },
      });
      const faults = await checkSale(sql, measured.outcome);
      const { refused, paid } = measured.outcome;
      return { figures: saleFiguresOf(measured), faults, refused, paid: paid.length };
    } finally {
      await sellers.stop();
    }
  } finally {
    await sql.end({ timeout: 1 });
    await dropDatabase(server.url, name);
  }
}

async function runCrowd(sql: Sql, server: SaleServer, sellers: Sellers, order: RunOrder) {
  const crowd = new Child<RunOrder, Report>('sale/buyers.ts');
  try {
    const parties = {
      service: [...sellers.web, ...(sellers.worker === undefined ? [] : [sellers.worker])],
      ...{ database: server.pid(), generator: crowd.pid },
    };
    let readMeter: Awaited<ReturnType<typeof startMeter>> | undefined;
    const opened = crowd.until('window_opened').then(async () => {
      await sql`select pg_stat_statements_reset()`;
      readMeter = await startMeter(sql, parties);
    });
    const closed = crowd.until('window_closed').then(async () => {
      await opened;
      const counted = await countStatements(sql);
      return { usage: await readMeter?.(), ...counted };
    });
    const finished = crowd.until('finished');
    crowd.send(order);
    const [{ usage, ...counted }, { outcome }] = await Promise.all([closed, finished, opened]);
    assert(usage, 'a window that was closed was opened');
    return {
      ...counted,
      ...{ usage, outcome: outcome satisfies SaleOutcome },
      hasWorker: sellers.worker !== undefined,
      memoryMiB: {
        service: sellers.web.reduce((sum, pid) => sum + memoryMiB(pid), 0),
        database: memoryMiB(server.pid()),
      },
    };
  } finally {
    crowd.stop();
  }
}

/** PostgreSQL counts the beginnings of transactions among its statements, and not their ends. */
async function countStatements(sql: Sql): Promise<{ statements: number; commits: number }> {
  const [row] = await sql<{ counted: number; begun: number }[]>`
    select coalesce(sum(calls), 0)::int as counted,
      coalesce(sum(calls) filter (where query ilike 'begin%'), 0)::int as begun
    from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())`;
  const { counted, begun } = row ?? { counted: Number.NaN, begun: Number.NaN };
  return { statements: counted + begun, commits: begun };
}

/** As `npm start` starts them, and the worker, which gives way to all others, beside them. */
async function startOurs(
  databaseUrl: string,
  { web, profileDir }: SaleSetup,
  logDir: string,
): Promise<Sellers> {
  const services: Service[] = [];
  const ports: number[] = [];
  const [realtimePort, smtpPort] = [await freePort(), await freePort()];
  const environmentOf = (webPort: number) => ({
    ...serviceEnvironment({
      ...{ databaseUrl, secrets: saleSecrets, host: '127.0.0.1', webPort, realtimePort, smtpPort },
      mailboxDir: path.join(logDir, 'mailbox'),
    }),
    // Each buyer says from where they come, as a proxy would: the limits of networks are on.
    ADDRESS_HEADER: 'x-forwarded-for',
  });
  for (let number = 1; number <= web; number++) {
    const port = await freePort();
    ports.push(port);
    const profiling = profileDir && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileDir}` };
    const environment = { ...environmentOf(port), ...profiling };
    services.push(await startService('web', environment, path.join(logDir, `web-${number}`)));
  }
  const worker = await startService('worker', environmentOf(ports[0] ?? 0), logDir);
  const pidOf = ({ process }: Service) => process.pid ?? 0;
  return {
    ports,
    web: services.map(pidOf),
    worker: pidOf(worker),
    stop: async () => {
      await Promise.all([...services, worker].map((service) => service.stop()));
    },
  };
}

async function startUsual(databaseUrl: string, slug: string): Promise<Sellers> {
  const child = new Child<UsualShopOrder, { kind: 'listening' }>('sale/usual/main.ts');
  const port = await freePort();
  const masterKey = Buffer.from(saleSecrets.CATRACA_MASTER_KEY, 'hex');
  child.send({ databaseUrl, masterKey, slug, port });
  await child.until('listening');
  return {
    ...{ ports: [port], web: [child.pid], worker: undefined },
    stop: async () => child.stop(),
  };
}

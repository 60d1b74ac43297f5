import { readFileSync } from 'node:fs';
import path from 'node:path';
import { migrate, openDb } from '@catraca/db';
import { createDatabase, startPostgres, stopPostgres } from '@catraca/db/embedded';
import { makeShop } from './make-shop.ts';
import type { Offer } from './orders.ts';

/** Of the benchmark alone. */
export const saleSecrets = {
  CATRACA_SECRET: '5a'.repeat(32),
  CATRACA_MASTER_KEY: '1e'.repeat(32),
};

/** The database that each run gets a copy of. */
export const saleTemplate = 'sale_template';

/** A PostgreSQL of the benchmark's own, with the settings of `npm start`: fsync is on. */
export interface SaleServer {
  /** Holds a password: not for logs. */
  readonly url: string;
  readonly dataDir: string;
  readonly logDir: string;
  /** All processes of the server are children of this one. */
  pid(): number;
  stop(): Promise<void>;
}

/** Starts it in an empty folder, with an event on sale. It counts statements, which costs a few percent of its time. */
export async function startSaleServer(
  folder: string,
): Promise<{ server: SaleServer; offer: Offer }> {
  const dataDir = path.join(folder, 'postgres');
  const { url } = await startPostgres({ dataDir, preload: ['pg_stat_statements'] });
  const server: SaleServer = {
    ...{ url, dataDir, logDir: path.join(folder, 'logs') },
    pid: () => Number(readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]),
    stop: () => stopPostgres(dataDir),
  };
  try {
    return { server, offer: await makeTemplate(url) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function makeTemplate(serverUrl: string): Promise<Offer> {
  const url = await createDatabase(serverUrl, saleTemplate);
  await migrate(url);
  const db = openDb(url, { connections: 1, name: 'bench' });
  try {
    const offer = await makeShop(db, Buffer.from(saleSecrets.CATRACA_MASTER_KEY, 'hex'));
    await db.$client`create extension pg_stat_statements`;
    // Not the tables that are empty still: plans for them would be kept while they grow.
    await db.$client`vacuum analyze seats`;
    return offer;
  } finally {
    await db.$client.end({ timeout: 1 });
  }
}

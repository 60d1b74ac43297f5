import { getLocalSite, openDb, type Db, type LocalSite } from '@catraca/db';
import { DATABASE_URL } from '$app/env/private';
import { pino } from 'pino';

/** Everything that lives as long as the process: opened once, closed when the server stops. */
export interface Services {
  db: Db;
  site: LocalSite;
  log: pino.Logger;
}

let opened: Promise<Services> | undefined;

/** The process's services; the first call opens them. */
export function services(): Promise<Services> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Services> {
  const db = openDb(DATABASE_URL, { name: 'catraca-web' });
  return { db, site: await getLocalSite(db), log: pino({ name: 'web' }) };
}

/** Closes what `services` opened, if it did. */
export async function closeServices(): Promise<void> {
  const open = await opened;
  opened = undefined;
  await open?.db.$client.end({ timeout: 2 });
}

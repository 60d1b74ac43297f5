import { getLocalSite, openDb, type Db, type LocalSite } from '@catraca/db';
import { CATRACA_SECRET, DATABASE_URL, WEB_ORIGIN } from '$app/env/private';
import { pino } from 'pino';
import { createAuth, type Auth } from './auth/auth.ts';

/** Everything that lives as long as the process: opened once, closed when the server stops. */
export interface Services {
  db: Db;
  site: LocalSite;
  auth: Auth;
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
  const log = pino({ name: 'web' });
  const auth = createAuth({ db, secret: CATRACA_SECRET, origin: WEB_ORIGIN, log });
  return { db, site: await getLocalSite(db), auth, log };
}

/** Closes what `services` opened, if it did. */
export async function closeServices(): Promise<void> {
  const open = await opened;
  opened = undefined;
  await open?.db.$client.end({ timeout: 2 });
}

import { initSite, type Db } from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff, type Desk } from '@catraca/db/testing/desk';
import { afterAll } from 'vitest';
import { startSite, type Site } from '../support/site.ts';

export interface OpenDesk {
  db: Db;
  /** Of the database. */
  url: string;
  desk: Desk;
  site: Site;
}

/** A desk with a member of each role, and the site it is run from, until the file's tests are over. */
export async function openDesk(): Promise<OpenDesk> {
  const { db, url } = await testDatabase();
  await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
  const desk = await makeDesk(db);
  await makeDeskStaff(db, desk);
  const site = await startSite({ databaseUrl: url, services: ['web'] });
  afterAll(() => site.stop());
  return { db, url, desk, site };
}

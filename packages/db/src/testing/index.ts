import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, inject } from 'vitest';
import { type Db, openDb } from '../client.ts';
import { createDatabase, dropDatabase, startPostgres } from '../embedded/index.ts';
import { migrate } from '../migrate.ts';
import { holdPersonalKeys } from '../personal/personal-keys.ts';
import { testPersonalKeys, writeTestKeys } from './personal-keys.ts';

/** A migrated database, which every test's own is a copy of. */
const templateName = 'catraca_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the servers of this test run lie: tests/setup/postgres.ts ends them and removes it. */
    postgresFolder: string;
  }
}

export { testPersonalKeys, writeTestKeys } from './personal-keys.ts';

/**
/**
 * The server of this file and of those that its worker runs before and after it, without fsync. Files that run beside it have
 * another: a transaction that is open in any database of a server holds back what the journal and the scanners' data show of all.
 */
export async function testServer(): Promise<string> {
  const worker = process.env['VITEST_POOL_ID'] ?? '1';
  const dataDir = path.join(inject('postgresFolder'), worker);
  const { url, started } = await startPostgres({ dataDir, fsync: false });
  if (started) await makeTemplate(await createDatabase(url, templateName));
  return url;
}

async function makeTemplate(url: string): Promise<void> {
  await migrate(url);
  const db = openDb(url, { connections: 1 });
  await writeTestKeys(db);
  // Nobody may be connected to what is copied.
  await db.$client.end();
}

/**
 * A fresh, migrated, empty database for one test file, dropped after it; this process holds its keys of personal data. Call it at the top of the file:
 * `const { db, url } = await testDatabase();`
 */
export async function testDatabase(): Promise<{ db: Db; url: string }> {
  const server = await testServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = await createDatabase(server, name, templateName);
  const db = openDb(url);
  holdPersonalKeys(testPersonalKeys);
  afterAll(async () => {
    await db.$client.end({ timeout: 1 });
    await dropDatabase(server, name);
  });
  return { db, url };
}
export * from './actor.ts';

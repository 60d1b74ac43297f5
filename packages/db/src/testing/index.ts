import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { type Db, openDb } from '../client.ts';
import { createDatabase, dropDatabase } from '../embedded/index.ts';
import { holdPersonalKeys } from '../personal/personal-keys.ts';
import { testPersonalKeys } from './personal-keys.ts';

/** The migrated database that the test run's set-up makes, and every test database is a copy of. */
export const templateName = 'catraca_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this test run: tests/setup/postgres.ts. */
    postgresUrl: string;
  }
}

export { testPersonalKeys, writeTestKeys } from './personal-keys.ts';

/**
 * A fresh, migrated, empty database for one test file, dropped after it; this process holds its keys of personal data. Call it at the top of the file:
 * `const { db, url } = await testDatabase();`
 */
export async function testDatabase(): Promise<{ db: Db; url: string }> {
  const server = inject('postgresUrl');
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

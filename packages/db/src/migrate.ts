import { fileURLToPath } from 'node:url';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import { openDb } from './client.ts';

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

/** Any number that all Catraca processes share and nothing else uses: two of them never migrate at once. */
const migrationLock = 7_220_412;

/** Brings the database at `url` to this version's schema. Safe to call from several processes at once. */
export async function migrate(url: string): Promise<void> {
  const db = openDb(url, { connections: 1, name: 'catraca-migrate' });
  try {
    // The other process may need its time, and so may a migration of a large table.
    await db.execute('set lock_timeout = 0; set statement_timeout = 0');
    await db.execute(`select pg_advisory_lock(${migrationLock})`);
    await runMigrations(db, { migrationsFolder });
  } finally {
    // Without a limit it would wait for ever for a server that is gone.
    await db.$client.end({ timeout: 1 });
  }
}

import { initSite, migrate, openDb } from '@catraca/db';

/** The first site of an installation. A venue's own server gets another number, which its ids begin with. */
const firstSite = { number: 1, name: 'Catraca', kind: 'cloud' } as const;

/** Brings the database to this version's schema and says which site it is. Does nothing the second time. */
export async function prepareSite(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  const db = openDb(databaseUrl, { connections: 1, name: 'catraca-start' });
  try {
    await initSite(db, firstSite);
  } finally {
    await db.$client.end();
  }
}

import {
  ensureSigningKey,
  findEventBySlug,
  initSite,
  isUntouched,
  migrate,
  openDb,
} from '@catraca/db';
import { demoSlug, renewDemo, seedDemo } from '@catraca/db/seed';
import { masterKeyOf, type Secrets } from './secrets.ts';

/** The first site of an installation. A venue's own server gets another number, which its ids begin with. */
const firstSite = { number: 1, name: 'Catraca', kind: 'cloud' } as const;

/** Brings the database to this version's schema, says which site it is and gives it a key. Does nothing the second time. */
export async function prepareSite(databaseUrl: string, secrets: Secrets): Promise<void> {
  await migrate(databaseUrl);
  const db = openDb(databaseUrl, { connections: 1, name: 'catraca-start' });
  try {
    await initSite(db, firstSite);
    await ensureSigningKey(db, masterKeyOf(secrets), new Date());
  } finally {
    await db.$client.end();
  }
}

/** Loads the demo into a database that nobody has used. @returns whether the demo is there. */
export async function ensureDemo(databaseUrl: string, secrets: Secrets): Promise<boolean> {
  const db = openDb(databaseUrl, { connections: 2, name: 'catraca-demo' });
  try {
    if (!(await isUntouched(db))) {
      await renewDemo(db, new Date());
      return (await findEventBySlug(db, demoSlug)) !== undefined;
    }
    const seeded = await seedDemo(db, { now: new Date(), masterKey: masterKeyOf(secrets) });
    if (!seeded.ok) throw new Error(`The demo was not loaded: ${seeded.code}.`);
    console.log(`The demo is loaded, with ${seeded.tickets} tickets sold.`);
    return true;
  } finally {
    await db.$client.end();
  }
}

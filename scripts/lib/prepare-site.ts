import { pairVenue, readMarkFile, VenueExchange, writeMarkFile } from '@catraca/api/sync';
import {
  type Db,
  ensurePersonalKeys,
  ensureSigningKey,
  findEventBySlug,
  findLocalSite,
  holdKeysOf,
  initSite,
  isUntouched,
  type LocalSite,
  mayThisSiteWork,
  migrate,
  openDb,
  proveMark,
  readMark,
  sealClearPersons,
} from '@catraca/db';
import { demoSlug, renewDemo, seedDemo } from '@catraca/db/seed';
import path from 'node:path';
import { dataDir } from './paths.ts';
import { masterKeyOf, type Secrets } from './secrets.ts';
import type { SiteChoice } from './site-choice.ts';

/** The first site of an installation. A venue's own server gets another number, which its ids begin with. */
const firstSite = { number: 1, name: 'Catraca', kind: 'cloud' } as const;

/** How far a venue's database is, beside it and not in it: a backup of the one without the other is noticed. */
export const siteMarkFile = path.join(dataDir, 'site-mark.json');

/**
 * Brings the database to this version's schema, says which site it is and gives it a key. Does nothing the second time.
 * @throws in words for people when it cannot become what was chosen.
 */
export async function prepareSite(
  databaseUrl: string,
  secrets: Secrets,
  choice?: SiteChoice,
): Promise<LocalSite> {
  await migrate(databaseUrl);
  const db = openDb(databaseUrl, { connections: 1, name: 'catraca-start' });
  try {
    const site = (await findLocalSite(db)) ?? (await becomeSite(db, secrets, choice));
    if (choice && site.kind !== choice.kind) {
      throw new Error(
        `This installation is a ${site.kind}, and stays one. For a ${choice.kind} name an empty data folder: CATRACA_DATA=…`,
      );
    }
    await ensureSigningKey(db, masterKeyOf(secrets), new Date());
    await ensurePersonalKeys(db, masterKeyOf(secrets));
    if (choice?.kind === 'venue') await proveVenue(db, secrets);
    await holdKeysOf(db, masterKeyOf(secrets));
    await sealClearPersons(db);
    return site;
  } finally {
    await db.$client.end();
  }
}

async function becomeSite(
  db: Db,
  secrets: Secrets,
  choice: SiteChoice | undefined,
): Promise<LocalSite> {
  if (choice?.kind !== 'venue') {
    await initSite(db, firstSite);
    return firstSite;
  }
  const { cloud: url, code } = choice;
  if (url === undefined || code === undefined) {
    throw new Error(
      'A venue is paired with its cloud once: npm start -- --site venue --cloud https://… --pair CODE\nThe code is shown in the cloud’s admin, under Sites.',
    );
  }
  const paired = await pairVenue(db, masterKeyOf(secrets), { url, code });
  if (!paired.ok)
    throw new Error(problems[paired.problem] ?? `The cloud refused: ${paired.problem}.`);
  const mark = await readMark(db);
  if (mark) await writeMarkFile(siteMarkFile, mark);
  console.log(`This machine is now the venue “${paired.name}”, site ${paired.number}.`);
  return { number: paired.number, name: paired.name, kind: 'venue' };
}

const problems: Record<string, string> = {
  away: 'The cloud did not answer. Is its address right, and is there a line to it?',
  insecure: 'A cloud on another machine is reached by https:// only.',
  code_unknown: 'The cloud does not know this pairing code.',
  code_expired: 'The pairing code is older than a quarter of an hour. Have another one shown.',
  code_used: 'The pairing code was used by another machine. Have another one shown.',
  other_version: 'The cloud runs another version of Catraca.',
};

/** Before anything is sold or judged here: is this the database that was here last, and does the cloud, if there is a line, say so too? */
async function proveVenue(db: Db, secrets: Secrets): Promise<void> {
  if ((await proveMark(db, await readMarkFile(siteMarkFile))) === 'proved') {
    await new VenueExchange(db, masterKeyOf(secrets)).once(() => new Date());
  }
  if (await mayThisSiteWork(db)) return;
  console.log(
    'This database is not the one that this venue wrote last: it was restored or copied. Nothing is sold or judged here any more.\nPair the machine anew, with an empty data folder: npm start -- --site venue --cloud … --pair CODE',
  );
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

/** npm run bench:badges: how long the badges of many credentials take, from the database to the PDF. */
import { createCaller } from '@catraca/api';
import { testContext, testMember } from '@catraca/api/testing/test-context';
import {
  type Db,
  decideApplication,
  holdPersonalKeys,
  initSite,
  migrate,
  openDb,
  saveForm,
  submitApplication,
} from '@catraca/db';
import { createDatabase, dropDatabase, startPostgres } from '@catraca/db/embedded';
import { makeType } from '@catraca/db/seed';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { testPersonalKeys } from '@catraca/db/testing/personal-keys';
import { testMasterKey, testSigningKey } from '@catraca/db/testing/shop';
import { photoSize } from '@catraca/domain/accreditation';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { defaultBenchFolder } from './database/loaded-folder.ts';
import { openSql } from './database/open-sql.ts';
import { describeMachine } from './measure/machine.ts';
import { count } from './options.ts';
import { number, table } from './report/table.ts';
import { say, writeJson } from './run-bench.ts';

const usage = `
npm run bench:badges -- [options]

Badges of an event's credentials, with a photo, a code and a long name each, as one PDF.

  --badges N      badges in the file                       500
  --runs N        runs; the figure is their median         3
  --json FILE     the result
  --data DIR      where the database is kept meanwhile     .data/bench`;

/** Seconds in which 500 badges are to be there. */
const goalSeconds = 30;

const databaseName = 'badges';

const { values } = parseArgs({
  options: {
    badges: { type: 'string', default: '500' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
    data: { type: 'string', default: defaultBenchFolder },
    help: { type: 'boolean', default: false },
  },
});

holdPersonalKeys(testPersonalKeys);
if (values.help) console.log(usage.trim());
else await bench(count('badges', values.badges), count('runs', values.runs));

async function bench(badges: number, runs: number): Promise<void> {
  const dataDir = path.join(path.resolve(values.data), 'badges');
  const server = await startPostgres({ dataDir });
  try {
    const url = await createDatabase(server.url, databaseName);
    const db = openDb(url);
    try {
      await migrate(url);
      const machine = await describeMachine({ sql: openSql(server.url), dataDir });
      const print = await prepare(db, badges);
      const seconds: number[] = [];
      let bytes = 0;
      for (let run = 0; run < runs; run++) {
        const startedAt = performance.now();
        const { pdf, count: printed } = await print();
        seconds.push((performance.now() - startedAt) / 1000);
        bytes = pdf.byteLength;
        if (printed !== badges) throw new Error(`${printed} badges were printed`);
      }
      report(badges, seconds, bytes);
      writeJson(values.json, {
        ...{ bench: 'badges', at: new Date().toISOString(), machine },
        ...{ badges, runs, seconds, bytes, goalSeconds },
      });
    } finally {
      await db.$client.end();
      await dropDatabase(server.url, databaseName);
    }
  } finally {
    await server.stop();
  }
}

/** Approves as many people; answers what prints their badges. */
async function prepare(db: Db, badges: number) {
  const now = new Date();
  await initSite(db, { number: 1, name: 'bench', kind: 'cloud' });
  const desk = await makeDesk(db, { now });
  const staff = await makeDeskStaff(db, desk);
  const owner = staff.find(({ role }) => role === 'owner')?.userId;
  const actor = { organizationId: desk.organizationId, kind: 'system', id: null } as const;
  const by = { ...actor, address: null, userAgent: null };
  const { eventId } = desk;
  const type = await makeType(db, eventId, { kind: 'credential', name: { en: 'Exhibitor' } });
  const asks = { isPublic: true, asksPhoto: true, asksDocument: true, asksBirthDate: false };
  const form = { ...asks, questions: [], opensAt: null, closesAt: null };
  await saveForm(db, { eventId, typeId: type.id }, form, 0, by);
  const key = await testSigningKey(db, now);
  say(`${number(badges)} people are accredited …`);
  for (let no = 0; no < badges; no++) {
    const applied = await submitApplication(
      db,
      {
        ...{ eventId, typeId: type.id, delegationId: null, locale: 'en' },
        fields: {
          ...{ name: `Maria Aparecida Monteiro de Albuquerque ${no}`, email: '' },
          ...{ document: `DOC ${10_000 + no}`, birthDate: '', answers: {} },
        },
        photo: { picture: await photo(), ...photoSize },
      },
      now,
    );
    if (!applied.ok) throw new Error(applied.code);
    const decision = { act: 'approve' as const, message: '', actor: by };
    const done = await decideApplication(db, { eventId, id: applied.id }, decision, key, now);
    if (!done.ok) throw new Error(done.code);
  }
  const context = await testContext(db, testMember('owner', desk.organizationId, owner));
  const caller = createCaller({ ...context, masterKey: testMasterKey });
  const what = { typeId: null, unprintedOnly: false };
  return () => caller.badge.print({ eventSlug: desk.eventSlug, locale: 'en', what });
}

/** As large as a face: noise that is blurred, some forty kilobytes. */
async function photo(): Promise<Uint8Array> {
  const raw = { width: photoSize.width / 4, height: photoSize.height / 4, channels: 3 as const };
  const noise = randomBytes(raw.width * raw.height * raw.channels);
  const picture = sharp(noise, { raw }).resize(photoSize.width, photoSize.height);
  return new Uint8Array(await picture.jpeg({ quality: 80 }).toBuffer());
}

function report(badges: number, seconds: number[], bytes: number): void {
  const sorted = seconds.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const rows = [
    ['badges', 'seconds (median)', 'seconds (slowest)', 'a second', 'MB'],
    [
      number(badges),
      median.toFixed(1),
      (sorted.at(-1) ?? Number.NaN).toFixed(1),
      number(Math.round(badges / median)),
      (bytes / 1e6).toFixed(1),
    ],
  ];
  say(table(rows));
  const met = median < goalSeconds;
  say(`500 badges in under ${goalSeconds} s: ${met ? 'yes' : 'no'}`);
  if (!met && badges <= 500) process.exitCode = 1;
}

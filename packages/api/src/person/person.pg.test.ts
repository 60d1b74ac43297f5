import {
  advancePersonalKeys,
  decideApplication,
  eraseExpired,
  findSubjects,
  grantCredential,
  holdKeysOf,
  holdPersonalKeys,
  reissuePass,
  renameHolder,
  rotatePersonalKey,
  schema,
  searchGrams,
  setRetention,
} from '@catraca/db';
import { testActor, testDatabase, testPersonalKeys } from '@catraca/db/testing';
import { compareSites } from '@catraca/db/testing/compare-sites';
import { makeType } from '@catraca/db/seed';
import { testMasterKey, testSigningKey } from '@catraca/db/testing/shop';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { makeCloud, TestGate } from '../testing/shared-event.ts';
import { testBuyer } from '../testing/test-buyer.ts';
import { testContext, testMember } from '../testing/test-context.ts';
import { exchangeAll, makeVenue, serveCloud, shareAll } from '../testing/two-sites.ts';
import { VenueExchange } from '../sync/index.ts';

const { db: cloud, url } = await testDatabase();
const { db: venue } = await testDatabase();
const now = new Date();
const desk = await makeCloud(cloud, now);
const press = await makeType(cloud, desk.eventId, { kind: 'credential', name: { en: 'Press' } });
const { persons, passes, orders, applications, photos, auditLog, delegations } = schema;

const name = 'Zuleika Quintanilha Böhm';
const email = 'Zuleika.Q@example.com';
const friend = 'Wanderley Xisto';
let exchange: VenueExchange;
let passIds: bigint[] = [];

const owner = async () =>
  createCaller(
    await testContext(cloud, {
      ...testMember('owner', desk.organizationId),
      userId: desk.userId,
    }),
  );

async function agree() {
  expect(await exchangeAll(exchange)).toEqual({ ok: true, more: false, changed: false });
  expect(await compareSites(cloud, venue, desk.eventId)).toEqual([]);
}

const server = await serveCloud(cloud);
const gate = new TestGate(cloud, url, 1, desk);
afterAll(async () => {
  holdPersonalKeys(testPersonalKeys);
  await Promise.all([server.close(), gate.close()]);
});

beforeAll(async () => {
  const made = await makeVenue(cloud, venue, { ...desk, url: server.url }, now);
  exchange = made.exchange;
  await shareAll(cloud, desk.eventId, made.site, now);
  passIds = await buy();
  await accredit();
  expect(await gate.scan(passIds[0] ?? 0n)).toBe('admitted');
  await agree();
});

/** Through the shop: two tickets, one for a friend. */
async function buy(): Promise<bigint[]> {
  const buyer = testBuyer(cloud);
  const slug = desk.eventSlug;
  await (await buyer.call()).hold.place({ slug, lines: [{ typeNo: 1, quantity: 2 }] });
  const begun = await (
    await buyer.call()
  ).order.begin({
    buyer: { name, email },
    holders: [{ typeNo: 1, names: [name, friend] }],
    locale: 'en',
  });
  const { orderPublicId } = begun;
  await (await buyer.call()).payment.start({ orderPublicId, provider: 'test' });
  const rows = await cloud.execute<{ id: string }>(sql`
    select p.id from passes p join order_lines l on l.id = p.order_line_id join orders o on o.id = l.order_id
    where o.public_id = ${orderPublicId} order by l.no, p.id`);
  return rows.map(({ id }) => BigInt(id));
}

/** A credential with its application, and one that nobody has looked at yet. */
async function accredit(): Promise<void> {
  const key = await testSigningKey(cloud, now);
  const [photo] = await cloud
    .insert(photos)
    .values({
      ...{ eventId: desk.eventId, picture: Buffer.from(`JPEG of ${name}`) },
      ...{ width: 3, height: 4, consentAt: now },
    })
    .returning();
  const row = { eventId: desk.eventId, typeId: press.id, name, email, locale: 'en' as const };
  const own = {
    ...{
      document: '12.345.678-Z',
      birthDate: '1971-03-04',
      answers: { meal: `${name} eats nothing` },
    },
    searchIndex: searchGrams(`${name} ${email}`),
  };
  const [asked] = await cloud
    .insert(applications)
    .values([
      { ...row, ...own, photoId: photo?.id ?? null },
      { ...row, ...own },
    ])
    .returning();
  const application = { eventId: desk.eventId, id: asked?.id ?? 0n };
  const actor = {
    ...testActor,
    ...{ organizationId: desk.organizationId, kind: 'system' as const, id: null },
  };
  const approval = { act: 'approve' as const, message: '', actor };
  expect(await decideApplication(cloud, application, approval, key, now)).toMatchObject({
    ok: true,
  });
  await cloud.insert(delegations).values({
    ...{ eventId: desk.eventId, name: 'The Paper', contactName: name, contactEmail: email },
    ...{ locale: 'en', linkHash: Buffer.from('x') },
  });
}

/** Every row of every table as text, and of bytes what text they would be. */
async function dump(db: typeof cloud): Promise<string> {
  const tables = await db.execute<{ name: string }>(sql`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`);
  const texts = [];
  for (const table of tables) {
    const rows = await db.execute<{ row: string }>(
      sql`select t::text as row from ${sql.raw(table.name)} t`,
    );
    texts.push(...rows.map(({ row }) => `${row} ${bytesIn(row)}`));
  }
  return texts.join('\n');
}

function bytesIn(row: string): string {
  const found = row.matchAll(/\\+x([0-9a-f]{8,})/g);
  return [...found].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(' ');
}

const known = [
  'zuleika',
  'quintanilha',
  'böhm',
  'bohm',
  'zuleika.q',
  '12.345.678',
  '1971-03-04',
  'eats nothing',
  'wanderley',
];

test('K-3 a dump of either site has neither name nor e-mail, in clear or folded: not in the journal, nor in mails that wait', async () => {
  await renameHolder(cloud, passIds[1] ?? 0n, `${friend} Quintanilha`, now);
  await reissuePass(cloud, passIds[1] ?? 0n, await testSigningKey(cloud, now), now);
  await agree();
  for (const db of [cloud, venue]) {
    const found = (await dump(db)).toLowerCase();
    expect(found).toContain('desk event');
    if (db === cloud) expect(found).toContain('order_paid');
    for (const text of known) {
      expect(found, text).not.toContain(text);
      expect(found, text).not.toContain(Buffer.from(text).toString('hex'));
    }
  }
});

test('the control: a name that somebody writes in clear is found in the dump', async () => {
  const rolledBack = cloud.transaction(async (tx) => {
    await tx.update(persons).set({ nameClear: name });
    const found = await dump(tx as unknown as typeof cloud);
    expect(found.toLowerCase()).toContain('quintanilha');
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
});

test('K-9 everything of a person is found by any part of the name or the e-mail, and exported', async () => {
  const caller = await owner();
  const [found, ...others] = await caller.person.search({ text: 'zuleika.q@EXAMPLE.com' });
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    ...{ name, email, events: ['Desk event'], orders: 1 },
    ...{ passes: 2, validPasses: 2, applications: 2 },
  });
  const byName = await caller.person.search({ text: 'quint bohm' });
  expect(byName.map(({ personId }) => personId)).toEqual([found?.personId]);
  const { json } = await caller.person.export({ personId: found?.personId ?? '' });
  const told = JSON.parse(json) as Record<string, unknown[]>;
  expect(told).toMatchObject({
    people: [
      { name, email: null },
      { name, email },
      { name, email },
    ],
    orders: [{ state: 'paid', totalMinor: 10_000 }],
    payments: [{ provider: 'test' }],
    passes: [
      { holder: name, status: 'valid' },
      { holder: name, kind: 'credential' },
    ],
    scans: [{ verdict: 'admitted', checkpoint: 'Main gate' }],
    applications: [{ document: '12.345.678-Z', birthDate: '1971-03-04' }, { state: 'submitted' }],
    photos: [{ jpegBase64: Buffer.from(`JPEG of ${name}`).toString('base64') }],
  });
  expect(json).not.toContain('Wanderley');
  expect(await caller.person.search({ text: 'nobody there' })).toEqual([]);
});

test('K-9 another organization finds nobody here, and erases nobody', async () => {
  const [{ personIds: [id] } = { personIds: [] }] = await findSubjects(
    cloud,
    desk.organizationId,
    email,
    1,
  );
  const stranger = createCaller(await testContext(cloud, testMember('owner', 'another')));
  expect(await stranger.person.search({ text: email })).toEqual([]);
  for (const act of ['export', 'erase'] as const) {
    await expect(stranger.person[act]({ personId: String(id) })).rejects.toMatchObject({
      refusal: 'not_found',
    });
  }
});

test('K-9 whoever is erased is nobody at either site; orders, passes and scans stay; a name given meanwhile changes nothing', async () => {
  const caller = await owner();
  const [found] = await caller.person.search({ text: email });
  const personId = found?.personId ?? '';
  const counts = async (db: typeof cloud) =>
    (
      await db.execute(
        sql`select (select count(*) from orders) as orders, (select count(*) from passes) as passes, (select count(*) from scans) as scans`,
      )
    )[0];
  const before = await counts(cloud);
  await expect(caller.person.erase({ personId })).rejects.toMatchObject({
    ...{ refusal: 'has_valid_passes', detail: { passes: 2 } },
  });
  await renameHolder(venue, passIds[0] ?? 0n, `${name} again`, now);
  await renameHolder(venue, passIds[0] ?? 0n, `${name} once more`, now);
  expect(await caller.person.erase({ personId, endsPasses: true })).toEqual({
    people: 3,
    endedPasses: 2,
  });
  await agree();

  expect(await caller.person.search({ text: 'zuleika' })).toEqual([]);
  for (const db of [cloud, venue]) {
    expect(await counts(db)).toEqual(before);
    const rows = await db
      .select()
      .from(persons)
      .where(sql`${persons.erasedAt} is not null`);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toMatchObject({ name: '', email: null, searchIndex: [] });
    const [pass] = await db
      .select()
      .from(passes)
      .where(eq(passes.id, passIds[0] ?? 0n));
    expect(pass?.status).toBe('revoked');
  }
  expect(await cloud.select().from(photos)).toEqual([]);
  for (const row of await cloud.select().from(applications)) {
    expect(row).toMatchObject({
      name: '',
      email: null,
      document: null,
      answers: {},
      photoId: null,
    });
  }
  expect(await cloud.select().from(delegations)).toMatchObject([
    { contactName: null, contactEmail: null },
  ]);
  const [order] = await cloud
    .select()
    .from(orders)
    .where(sql`${orders.totalMinor} = 10000`);
  expect(order).toMatchObject({ state: 'paid', buyerKey: null });
  const audited = await cloud.select().from(auditLog).where(eq(auditLog.action, 'person.erase'));
  expect(audited).toMatchObject([{ subjectId: personId, after: { people: 3, endedPasses: 2 } }]);
  // A friend for whom somebody bought is another person.
  const [kept] = await caller.person.search({ text: 'wanderley' });
  expect(kept).toMatchObject({ passes: 1, orders: 0 });
});

test('K-9 people of an event are forgotten so long after its last day, and not earlier', async () => {
  const [event] = await cloud
    .select()
    .from(schema.events)
    .where(eq(schema.events.id, desk.eventId));
  const caller = await owner();
  const { version = 0 } = event ?? {};
  const wanted = { eventSlug: desk.eventSlug, version, days: 30 };
  await caller.person.setRetention(wanted);
  await expect(caller.person.setRetention(wanted)).rejects.toMatchObject({
    refusal: 'edited_meanwhile',
  });
  const [row] = await caller.person.retention();
  expect(row).toMatchObject({ days: 30, version: version + 1 });
  const last = row?.lastDay?.getTime() ?? 0;
  const after = (days: number) => new Date(last + days * 86_400_000);
  expect(await eraseExpired(cloud, after(30))).toBe(false);
  let rounds = 0;
  while (await eraseExpired(cloud, after(30.1))) rounds += 1;
  expect(rounds).toBe(1);
  expect((await caller.person.retention())[0]).toMatchObject({ people: 0 });
  await agree();
  for (const db of [cloud, venue]) {
    const names = await db.select({ name: persons.name }).from(persons);
    expect(new Set(names.map((one) => one.name))).toEqual(new Set(['']));
  }
  const at = { eventId: desk.eventId, version: version + 1, days: null };
  const actor = {
    organizationId: desk.organizationId,
    kind: 'system',
    id: null,
    address: null,
    userAgent: null,
  } as const;
  expect(await setRetention(venue, at, actor)).toEqual({ ok: false, code: 'set_up_elsewhere' });
});

test('K-7 a venue learns of a new key with what it sealed, and takes that when all have had time to look', async () => {
  expect(await rotatePersonalKey(cloud, testMasterKey)).toMatchObject({ ok: true, no: 259 });
  await cloud.execute(sql`update personal_keys set created_at = created_at - interval '1 minute'`);
  expect(await advancePersonalKeys(cloud)).toBe(true);
  await holdKeysOf(cloud, testMasterKey);
  const granted = await grantCredential(
    cloud,
    { typeId: press.id, holder: { name: 'Ada', email: null }, personKey: null },
    await testSigningKey(cloud, now),
    now,
  );
  if (!granted.ok) throw new Error(granted.code);
  const passOf = (db: typeof cloud) =>
    db.select().from(passes).where(eq(passes.id, granted.passId));
  expect(await exchangeAll(exchange)).toMatchObject({ ok: true });
  expect(await passOf(venue)).toEqual([]);
  const keys = await venue.select().from(schema.personalKeys).orderBy(schema.personalKeys.no);
  expect(keys.map(({ no, state }) => [no, state])).toEqual([
    [257, 'current'],
    [258, 'current'],
    [259, 'next'],
  ]);
  // A worker that begins later finds the key known.
  exchange = new VenueExchange(venue, testMasterKey);
  await agree();
  expect(await passOf(venue)).toHaveLength(1);
  // What its cloud sealed opens with the keys that the venue keeps.
  await holdKeysOf(venue, testMasterKey);
  const [ada] = await venue
    .select({ name: persons.name })
    .from(persons)
    .innerJoin(passes, eq(passes.holderId, persons.id))
    .where(eq(passes.id, granted.passId));
  expect(ada).toEqual({ name: 'Ada' });
});

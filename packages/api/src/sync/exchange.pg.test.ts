import {
  collectPayment,
  decideApplication,
  exchangePass,
  findAuthority,
  getLocalSite,
  giveUnits,
  grantCredential,
  handOverAuthority,
  listAudit,
  placeHold,
  recordHistory,
  refundOrder,
  refundPart,
  reissuePass,
  renameHolder,
  revokePass,
  saveForm,
  schema,
  setEventStatus,
  shareEvent,
  submitApplication,
  takeOverAuthority,
  transferPass,
  writeAudit,
} from '@catraca/db';
import { auditSales } from '@catraca/db/testing/audit-sales';
import { testActor, testDatabase } from '@catraca/db/testing';
import { checkAllotments, compareSites } from '@catraca/db/testing/compare-sites';
import { makeType } from '@catraca/db/seed';
import { testSigningKey } from '@catraca/db/testing/shop';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, makeCloud, sell, TestGate } from '../testing/shared-event.ts';
import { exchangeAll, makeVenue, serveCloud, shareAll } from '../testing/two-sites.ts';
import type { VenueExchange } from './index.ts';

const { db: cloud, url: cloudUrl } = await testDatabase();
const { db: venue, url: venueUrl } = await testDatabase();
const now = new Date();
const { conflicts, media, passes, persons, refunds, stock } = schema;

const desk = await makeCloud(cloud, now);
const by = { ...testActor, organizationId: desk.organizationId, id: desk.userId };
const capacities = new Map([[desk.typeId, 100]]);
let server: Awaited<ReturnType<typeof serveCloud>>;
let exchange: VenueExchange;
let site: number;
let gates: { cloud: TestGate; venue: TestGate };

beforeAll(async () => {
  server = await serveCloud(cloud);
  const sold = await sell(cloud, desk, 2);
  gates = {
    cloud: new TestGate(cloud, cloudUrl, 1, desk),
    venue: new TestGate(venue, venueUrl, 2, desk),
  };
  for (const passId of sold.passIds) expect(await gates.cloud.scan(passId)).toBe('admitted');
  ({ site, exchange } = await makeVenue(cloud, venue, { url: server.url, ...desk }, now));
  await shareAll(cloud, desk.eventId, site, now);
});

afterAll(async () => {
  await Promise.all([gates.cloud.close(), gates.venue.close(), server.close()]);
});

async function agree(): Promise<void> {
  expect(await exchangeAll(exchange)).toMatchObject({ ok: true });
  expect(await compareSites(cloud, venue, desk.eventId)).toEqual([]);
  expect(await checkAllotments(cloud, venue, capacities)).toEqual([]);
}

async function ownStock(db: typeof cloud) {
  const { number } = await getLocalSite(db);
  const [row] = await db
    .select()
    .from(stock)
    .where(sql`${stock.typeId} = ${desk.typeId} and ${stock.site} = ${number}`);
  return row;
}

test('Y-1, Y-2: a venue has all that its cloud had before, once', async () => {
  expect(await getLocalSite(venue)).toMatchObject({ number: 2, kind: 'venue' });
  await agree();
  const [count] = await venue.execute(sql`select count(*)::int as n from passes`);
  expect(count).toEqual({ n: 3 });
  const [inside] = await venue.execute(sql`select sum(people)::int as people from area_counters`);
  expect(inside).toEqual({ people: 2 });
});

test('Y-1: what is sold, changed and given while an event is being shared is not lost, nor in the way', async () => {
  const { db: other } = await testDatabase();
  const own = await testDatabase();
  const event = await makeCloud(own.db, now);
  const before = await sell(own.db, event, 3);
  const at = await serveCloud(own.db);
  const hall = await makeVenue(own.db, other, { url: at.url, ...event }, now);
  expect(await shareEvent(own.db, event.eventId, hall.site, now)).toEqual({ ok: true });
  const [renamed = 0n, revoked = 0n] = before.passIds;
  await sell(own.db, event);
  await renameHolder(own.db, renamed, 'Before the history', now);
  await revokePass(own.db, revoked, now);
  const { orderId } = await sell(own.db, event, 2);
  await refundOrder(own.db, orderId, now);
  await refundOrder(own.db, before.orderId, now);
  const units = { typeId: event.typeId, toSite: hall.site, units: 5, userId: null };
  expect(await giveUnits(own.db, units, now)).toMatchObject({ ok: true });
  while (!(await recordHistory(own.db, event.eventId)));
  expect(await exchangeAll(hall.exchange)).toMatchObject({ ok: true });
  expect(await compareSites(own.db, other, event.eventId)).toEqual([]);
  await at.close();
});

test('Y-55: parts, exchanges and transfers at the cloud reach the venue, which does none of them to what it did not sell', async () => {
  const act = { userId: null, reason: null };
  const { db: cloud } = await testDatabase();
  const { db: venue } = await testDatabase();
  const desk = await makeCloud(cloud, now);
  const dearer = await makeType(cloud, desk.eventId, { priceMinor: 9_000, units: 10 });
  const cheaper = await makeType(cloud, desk.eventId, { priceMinor: 0, units: 10 });
  const at = await serveCloud(cloud);
  const { site, exchange } = await makeVenue(cloud, venue, { url: at.url, ...desk }, now);
  await shareAll(cloud, desk.eventId, site, now);
  const agree = async () => {
    expect(await exchangeAll(exchange)).toMatchObject({ ok: true });
    expect(await compareSites(cloud, venue, desk.eventId)).toEqual([]);
  };
  const three = await sell(cloud, desk, 3);
  const [kept = 0n, given = 0n, swapped = 0n] = three.passIds;
  await agree();
  expect(
    await refundPart(cloud, three.orderId, { lineNos: [1], amountMinor: null }, now),
  ).toMatchObject({ ok: true });
  const to = { name: 'Nilo Novo', email: 'nilo@example.com' };
  const key = await testSigningKey(cloud, now);
  expect(await transferPass(cloud, given, to, key, now)).toEqual({ ok: true });
  const swap = { passId: swapped, toSeatId: null, waived: false };
  expect(await exchangePass(cloud, { ...swap, toTypeId: cheaper.id }, key, act, now)).toMatchObject(
    { outcome: 'done' },
  );
  const asked = await exchangePass(cloud, { ...swap, toTypeId: dearer.id }, key, act, now);
  if (!asked.ok || asked.outcome !== 'waiting') throw new Error('it does not wait');
  const due = await cloud.query.orders.findFirst({
    where: eq(schema.orders.reference, asked.orderReference),
  });
  const payer = { holdPublicId: null, hasLink: true };
  const paying = { orderPublicId: due?.publicId ?? '', payer, provider: 'test' as const };
  expect(
    await collectPayment(cloud, { ...paying, providerRef: 'difference' }, key, now),
  ).toMatchObject({ ok: true });
  await agree();
  const [there] = await venue.select().from(passes).where(eq(passes.id, swapped));
  expect(there?.typeId).toBe(dearer.id);
  expect((await venue.select().from(passes).where(eq(passes.id, kept)))[0]?.status).toBe(
    'refunded',
  );
  const [holder] = await venue
    .select({ name: persons.name })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .where(eq(passes.id, given));
  expect(holder?.name).toBe(to.name);

  const own = await testSigningKey(venue, now);
  expect(await refundPart(venue, three.orderId, { lineNos: [2], amountMinor: null }, now)).toEqual({
    ok: false,
    code: 'paid_elsewhere',
  });
  expect(await transferPass(venue, given, to, own, now)).toEqual({
    ok: false,
    code: 'issued_elsewhere',
  });
  expect(await exchangePass(venue, { ...swap, toTypeId: desk.typeId }, own, act, now)).toEqual({
    ok: false,
    code: 'issued_elsewhere',
  });
  expect(await refundOrder(venue, three.orderId, now)).toEqual({ ok: true, outcome: 'asked' });
  await agree();
  const [row] = await venue.select().from(schema.orders).where(eq(schema.orders.id, three.orderId));
  expect(row).toMatchObject({ state: 'refunded' });
  expect(await auditSales(cloud)).toEqual([]);
  await at.close();
});

test('Y-10: a venue sells what it was given and no more, and both sides agree', async () => {
  const request = { eventId: desk.eventId, lines: [{ typeId: desk.typeId, quantity: 10 }] };
  const before = await ownStock(venue);
  const free = (before?.quantity ?? 0) - (before?.sold ?? 0);
  // What nobody bought is split by itself.
  expect(free).toBeGreaterThan(0);
  await sell(venue, desk, 2);
  await sell(cloud, desk, 1);
  await agree();
  let left = free - 2;
  while (left >= 10) {
    expect(await placeHold(venue, request, now)).toMatchObject({ ok: true });
    left -= 10;
  }
  expect(await placeHold(venue, request, now)).toMatchObject({ ok: false });
  const gave = await giveUnits(
    cloud,
    { typeId: desk.typeId, toSite: site, units: 10, userId: null },
    now,
  );
  expect(gave).toEqual({ ok: true, units: 10 });
  expect(await checkAllotments(cloud, venue, capacities)).toEqual([]);
  await agree();
  expect(await placeHold(venue, request, now)).toMatchObject({ ok: true });
});

test('Y-20, Y-24, Y-60: authority goes over with its history; taken by force, a double entry is a conflict on both sides', async () => {
  const { passIds } = await sell(cloud, desk, 3);
  const [once = 0n, other = 0n, third = 0n] = passIds;
  await agree();
  expect(await gates.venue.scan(once)).toBe('judged_elsewhere');
  expect(await gates.cloud.scan(once)).toBe('admitted');
  expect(await handOverAuthority(cloud, desk.eventId, null, now)).toMatchObject({ ok: true });
  expect(await gates.cloud.scan(other)).toBe('judged_elsewhere');
  // Nobody judges until the venue has all that the cloud judged.
  expect(await gates.venue.scan(other)).toBe('judged_elsewhere');
  await agree();
  expect(await gates.venue.scan(once)).toBe('already_used');
  expect(await gates.venue.scan(other)).toBe('admitted');

  // The cloud takes over without asking, while it does not know of the last scan.
  expect(await takeOverAuthority(cloud, desk.eventId, null, now)).toMatchObject({ ok: true });
  expect(await gates.cloud.scan(other)).toBe('admitted');
  expect(await gates.venue.scan(third)).toBe('admitted');
  await agree();
  expect(await findAuthority(venue, desk.eventId)).toMatchObject({ site: 1 });
  const found = await venue.select().from(conflicts);
  expect(found).toMatchObject([{ passId: other, kind: 'double_entry' }]);
  expect(await gates.cloud.scan(third)).toBe('already_used');
  await agree();
});

test('Y-50 to Y-54: what both sides did to the same passes while apart ends the same on both', async () => {
  const { passIds, orderId } = await sell(cloud, desk, 4);
  const [renamed = 0n, reissued = 0n, revoked = 0n, both = 0n] = passIds;
  await handOverAuthority(cloud, desk.eventId, null, now);
  await agree();

  await renameHolder(cloud, renamed, 'Name of the cloud', now);
  await renameHolder(venue, renamed, 'First name of the venue', now);
  await renameHolder(venue, renamed, 'Last name of the venue', now);
  await reissuePass(cloud, reissued, await testSigningKey(cloud, now), now);
  await reissuePass(venue, reissued, await testSigningKey(venue, now), now);
  await revokePass(cloud, revoked, now);
  expect(await gates.venue.scan(revoked)).toBe('admitted');
  await revokePass(venue, both, now);
  expect(await refundOrder(venue, orderId, now)).toEqual({ ok: true, outcome: 'asked' });
  expect(await refundOrder(cloud, orderId, now)).toMatchObject({ ok: true, outcome: 'refunded' });
  await agree();

  const [holder] = await cloud
    .select({ name: persons.name })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .where(eq(passes.id, renamed));
  expect(holder).toEqual({ name: 'Last name of the venue' });
  const living = await cloud
    .select()
    .from(media)
    .where(sql`pass_id = ${reissued} and state = 'active'`);
  expect(living.map(({ kind }) => kind).sort()).toEqual(['barcode', 'qr']);
  expect(await cloud.select().from(refunds)).toHaveLength(1);
  const statuses = await venue
    .select({ status: passes.status })
    .from(passes)
    .where(sql`id in (${sql.join(passIds, sql`, `)})`);
  expect(statuses.map(({ status }) => status)).toEqual(Array(4).fill('refunded'));
  const reported = await cloud.select().from(conflicts).where(eq(conflicts.passId, revoked));
  expect(reported.map(({ kind }) => kind).sort()).toEqual([
    'admitted_after_refund',
    'admitted_after_revocation',
  ]);
  const [row] = await ownStock(cloud).then((own) => [own]);
  expect(row?.sold).toBeLessThan(row?.quantity ?? 0);
});

test('Y-40: the same person accredited on both sides has one credential, and its last print lives', async () => {
  const type = await makeType(cloud, desk.eventId, {
    kind: 'credential',
    policy: { kind: 'unlimited' },
  });
  await setEventStatus(cloud, desk.eventId, 'published', by);
  await agree();
  const personKey = new Uint8Array(32).fill(9);
  const request = (name: string) => ({ typeId: type.id, holder: { name, email: null }, personKey });
  const here = await grantCredential(
    cloud,
    request('Ana Crew'),
    await testSigningKey(cloud, now),
    now,
  );
  const there = await grantCredential(
    venue,
    request('Ana Crew'),
    await testSigningKey(venue, now),
    now,
  );
  expect(here).toMatchObject({ ok: true, again: false });
  expect(there).toEqual(here);
  const badge = here.ok ? await codeOf(cloud, here.passId) : '';
  await agree();
  const codes = await venue
    .select()
    .from(media)
    .where(eq(media.passId, here.ok ? here.passId : 0n))
    .orderBy(asc(media.no));
  expect(codes.map(({ no, state }) => [no, state])).toEqual([
    [1, 'dead'],
    [2, 'dead'],
    [3, 'active'],
    [4, 'active'],
  ]);
  expect(badge).toMatch(/^CT/);
  const again = await grantCredential(
    cloud,
    request('Ana Crew'),
    await testSigningKey(cloud, now),
    now,
  );
  expect(again).toMatchObject({ ok: true, again: true });
  await agree();
});

test('Y-41: an accredited person’s photo and application reach the venue, where applying again is found', async () => {
  const type = await makeType(cloud, desk.eventId, { kind: 'credential' });
  const { eventId } = desk;
  const form = { isPublic: true, asksPhoto: true, asksDocument: true, asksBirthDate: false };
  await saveForm(
    cloud,
    { eventId, typeId: type.id },
    { ...form, questions: [], opensAt: null, closesAt: null },
    0,
    by,
  );
  const picture = new Uint8Array([9, 8, 7]);
  const request = {
    ...{ eventId, typeId: type.id, delegationId: null, locale: 'en' as const },
    photo: { picture, width: 480, height: 600 },
    fields: { name: 'Rui Prado', email: '', document: 'K-4711', birthDate: '', answers: {} },
  };
  const approve = async (db: typeof cloud) => {
    const applied = await submitApplication(db, request, now);
    if (!applied.ok) throw new Error(applied.code);
    const decision = {
      act: 'approve' as const,
      message: '',
      actor: { ...by, kind: 'system' as const, id: null },
    };
    const key = await testSigningKey(db, now);
    return decideApplication(db, { eventId, id: applied.id }, decision, key, now);
  };
  expect(await approve(cloud)).toEqual({ ok: true, again: false });
  await agree();
  const [photo] = await venue.select().from(schema.photos);
  expect(photo?.picture).toEqual(Buffer.from(picture));
  expect(await approve(venue)).toEqual({ ok: true, again: true });
  await agree();
  const known = await cloud.select().from(schema.applications);
  expect(new Set(known.map(({ passId }) => passId)).size).toBe(1);
  expect(known).toHaveLength(2);
});

test('L-3: what is done at either site is in the logs of both, once and where it belongs; who signs in is told to nobody', async () => {
  const act = { userId: desk.userId, reason: 'lost' };
  const [atVenue = 0n, atCloud = 0n] = (await sell(cloud, desk, 2)).passIds;
  await agree();
  expect(await revokePass(venue, atVenue, now, act, by)).toEqual({ ok: true });
  expect(await revokePass(cloud, atCloud, now, act, by)).toEqual({ ok: true });
  const signedIn = { action: 'session.signIn', subjectKind: 'user', subjectId: desk.userId };
  await venue.transaction((tx) => writeAudit(tx, by, signedIn));
  await agree();
  await agree();
  const search = { organizationId: desk.organizationId, actorId: desk.userId, text: '' };
  const page = { from: null, until: null, before: null, limit: 2 };
  for (const db of [cloud, venue]) {
    const log = await listAudit(db, { ...search, ...page, eventId: desk.eventId });
    expect(log.map(({ siteName, action, subjectId }) => [siteName, action, subjectId])).toEqual([
      ['Cloud', 'pass.revoke', String(atCloud)],
      ['Hall', 'pass.revoke', String(atVenue)],
    ]);
    const before = log[0]?.id ?? 0n;
    const older = await listAudit(db, { ...search, ...page, eventId: desk.eventId, before });
    expect(older[0]).toMatchObject({ subjectId: String(atVenue) });
  }
  const text = 'session';
  expect(await listAudit(cloud, { ...search, ...page, text, eventId: null })).toEqual([]);
});

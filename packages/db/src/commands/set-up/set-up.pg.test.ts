import { instantOf } from '@catraca/domain';
import { and, asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import {
  areas,
  auditLog,
  entitlements,
  eventDays,
  passes,
  passTypes,
  scans,
  stock,
} from '../../schema/index.ts';
import { makeOrganization } from '../../seed/index.ts';
import { testActor, testDatabase } from '../../testing/index.ts';
import { pendingOrder, testSigningKey } from '../../testing/shop.ts';
import { collectPayment } from '../orders/collect-payment.ts';
import { setEventStatus } from '../events/set-event-status.ts';
import { createEvent, type NewEvent } from './create-event.ts';
import { archiveType, orderTypes } from './order-types.ts';
import { addPlace } from './places.ts';
import { saveType, type TypeChange } from './save-type.ts';
import { setDays } from './set-days.ts';
import { updateEvent } from './update-event.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
const key = await testSigningKey(db, now);
const organizationId = await makeOrganization(db);
const timeZone = 'America/Sao_Paulo';
const at = (date: string, time: string) => new Date(instantOf({ date, time }, timeZone));
const day = (date: string) => ({ date, opensAt: '10:00', closesAt: '20:00', name: null });

let events = 0;
const draft = (): NewEvent => ({
  ...{ organizationId, slug: `event-${++events}`, name: 'Spring fair', venueName: 'Hall' },
  ...{ venueAddress: '', timeZone, currency: 'BRL', languages: ['en'] },
  sessions: [day('2027-05-01'), day('2027-05-02')],
});

/** A draft with an area and a ticket that opens it all day on both days, and one morning. */
async function anEvent() {
  const created = await createEvent(db, draft(), testActor);
  if (!created.ok) throw new Error(created.code);
  const { eventId } = created;
  const place = { name: 'Hall', capacity: 100, entrance: 'Gate A' };
  const added = await addPlace(db, eventId, place, testActor);
  if (!added.ok) throw new Error(added.code);
  const { areaId } = added;
  const opens = [
    { areaId, startsAt: at('2027-05-01', '10:00'), endsAt: at('2027-05-01', '20:00') },
    { areaId, startsAt: at('2027-05-02', '08:00'), endsAt: at('2027-05-02', '12:00') },
  ];
  const saved = await saveType(db, eventId, typeChange(opens), testActor);
  if (!saved.ok) throw new Error(saved.code);
  return { eventId, areaId, typeId: saved.typeId, opens };
}

function typeChange(openings: TypeChange['values']['openings']): TypeChange {
  return {
    ...{ typeId: null, version: 1, kind: 'ticket', quantity: 10, confirmed: false },
    values: {
      ...{ name: { en: 'Day' }, description: { en: '' }, colour: '#112233' },
      ...{ policy: { kind: 'reentry' }, priceMinor: 1000, feeMinor: 0, taxBasisPoints: 0 },
      ...{ passesPerUnit: 1, unitsPerOrderMax: 10, saleStartsAt: null, saleEndsAt: null },
      ...{ hidden: false, channels: ['web', 'desk'], openings },
    },
  };
}

async function sellOne(eventId: bigint, typeId: bigint): Promise<void> {
  await setEventStatus(db, eventId, 'published', testActor);
  const ref = `ref-${eventId}-${typeId}`;
  const order = await pendingOrder(db, { eventId, lines: [{ typeId, quantity: 1 }] }, ref, now);
  const payer = { holdPublicId: null, hasLink: true };
  const request = { orderPublicId: order.publicId, payer, provider: 'test' as const };
  const paid = await collectPayment(db, { ...request, providerRef: `${ref}-2` }, key, now);
  expect(paid).toMatchObject({ ok: true });
}

const windowsOf = (typeId: bigint) =>
  db
    .select({ startsAt: entitlements.startsAt, endsAt: entitlements.endsAt })
    .from(entitlements)
    .where(eq(entitlements.typeId, typeId))
    .orderBy(asc(entitlements.startsAt));

test('an event is made with its days and the area outside, once for each address', async () => {
  const event = draft();
  const created = await createEvent(db, event, testActor);
  expect(created).toMatchObject({ ok: true });
  if (!created.ok) return;
  const days = await db.select().from(eventDays).where(eq(eventDays.eventId, created.eventId));
  expect(days.map(({ startsAt }) => startsAt)).toEqual([
    ...[at('2027-05-01', '10:00'), at('2027-05-02', '10:00')],
  ]);
  const outside = await db.select().from(areas).where(eq(areas.eventId, created.eventId));
  expect(outside).toMatchObject([{ no: 0 }]);
  expect(await createEvent(db, event, testActor)).toEqual({ ok: false, code: 'slug_taken' });
});

test.each([
  [{ timeZone: 'Mars/Base' }, { code: 'unknown_time_zone' }],
  [{ sessions: [] }, { code: 'no_days' }],
  [{ sessions: [day('2027-02-30')] }, { code: 'bad_day', index: 0 }],
  [{ sessions: [day('2027-05-02'), day('2027-05-01')] }, { code: 'days_overlap', index: 1 }],
  [
    { sessions: Array.from({ length: 17 }, (_, no) => day(`2027-05-${no + 10}`)) },
    { code: 'too_many_days' },
  ],
] as const)('an event with %j is not made', async (wrong, refusal) => {
  const event = {
    ...draft(),
    ...wrong,
    sessions: [...('sessions' in wrong ? wrong.sessions : draft().sessions)],
  };
  expect(await createEvent(db, event, testActor)).toMatchObject({ ok: false, ...refusal });
});

test('of two changes of the same edition the second is refused, and each is in the audit log', async () => {
  const { eventId } = await anEvent();
  const change = (name: string) => updateEvent(db, eventId, { version: 1, name }, testActor);
  const results = await Promise.all([change('One'), change('Two')]);
  expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  expect(results.find(({ ok }) => !ok)).toMatchObject({ code: 'edited_meanwhile', version: 2 });
  const log = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.eventId, eventId), eq(auditLog.action, 'event.update')));
  expect(log).toMatchObject([{ before: { name: 'Spring fair' } }]);
});

test('when days move, all day stays all day and hours go with their date', async () => {
  const { eventId, typeId } = await anEvent();
  const sessions = [
    { ...day('2027-06-05'), no: 1, opensAt: '09:00' },
    { ...day('2027-06-06'), no: 2 },
  ];
  const change = { version: 1, timeZone, sessions, confirmed: false };
  expect(await setDays(db, eventId, change, testActor)).toEqual({ ok: true, version: 2 });
  expect(await windowsOf(typeId)).toEqual([
    { startsAt: at('2027-06-05', '09:00'), endsAt: at('2027-06-05', '20:00') },
    { startsAt: at('2027-06-06', '08:00'), endsAt: at('2027-06-06', '12:00') },
  ]);
});

test('a day that is taken away takes its windows along, and its number is not given again', async () => {
  const { eventId, typeId } = await anEvent();
  const sessions = [
    { ...day('2027-05-01'), no: 1 },
    { ...day('2027-05-08'), no: null },
  ];
  const change = { version: 1, timeZone, sessions, confirmed: false };
  expect(await setDays(db, eventId, change, testActor)).toMatchObject({ ok: true });
  expect(await windowsOf(typeId)).toHaveLength(1);
  const days = await db
    .select({ no: eventDays.no })
    .from(eventDays)
    .where(eq(eventDays.eventId, eventId));
  expect(days.map(({ no }) => no).toSorted()).toEqual([1, 3]);
});

test('days of an event that was sold are moved when it was said whom that reaches', async () => {
  const { eventId, typeId } = await anEvent();
  await sellOne(eventId, typeId);
  const sessions = [
    { ...day('2027-05-01'), no: 1 },
    { ...day('2027-05-03'), no: 2 },
  ];
  const change = { version: 1, timeZone, sessions, confirmed: false };
  const asked = await setDays(db, eventId, change, testActor);
  expect(asked).toEqual({ ok: false, code: 'affects_sold', passes: 1, orders: 1 });
  expect(await setDays(db, eventId, { ...change, confirmed: true }, testActor)).toMatchObject({
    ok: true,
  });
});

test('a day that people were admitted on stays', async () => {
  const { eventId } = await anEvent();
  const ids = { eventId, deviceId: 1n, checkpointId: 1n, site: 1 };
  await db.insert(scans).values({
    ...{ ...ids, at: now, scannedAt: now, scanId: crypto.randomUUID(), passId: 5n },
    ...{ direction: 'entry', verdict: 'admitted', crossingNo: 1, seenNo: 0, day: 2 },
    ...{ fromArea: 1n, toArea: 2n, entries: 1, dayEntries: 1 },
  });
  const sessions = [{ ...day('2027-05-01'), no: 1 }];
  const change = { version: 1, timeZone, sessions, confirmed: true };
  expect(await setDays(db, eventId, change, testActor)).toEqual({
    ...{ ok: false, code: 'day_has_scans', no: 2, scans: 1 },
  });
});

test('the currency stays once money was asked for in it', async () => {
  const { eventId, typeId } = await anEvent();
  expect(await updateEvent(db, eventId, { version: 1, currency: 'EUR' }, testActor)).toMatchObject({
    ok: true,
  });
  await updateEvent(db, eventId, { version: 2, currency: 'BRL' }, testActor);
  await sellOne(eventId, typeId);
  expect(await updateEvent(db, eventId, { version: 3, currency: 'EUR' }, testActor)).toEqual({
    ...{ ok: false, code: 'currency_has_orders', orders: 1 },
  });
});

test('a type that was sold: the price is free to change, what it opens is asked about, what a unit admits stays', async () => {
  const { eventId, typeId, opens } = await anEvent();
  await sellOne(eventId, typeId);
  const base = typeChange(opens);
  const save = (change: Partial<TypeChange>, values: Partial<TypeChange['values']> = {}) =>
    saveType(
      db,
      eventId,
      { ...base, typeId, ...change, values: { ...base.values, ...values } },
      testActor,
    );
  expect(await save({}, { priceMinor: 2000 })).toMatchObject({ ok: true, version: 2 });
  const asked = await save({ version: 2 }, { openings: opens.slice(0, 1) });
  expect(asked).toMatchObject({ code: 'affects_sold', passes: 1, orders: 1 });
  expect(await save({ version: 2 }, { policy: { kind: 'once' } })).toMatchObject({
    code: 'affects_sold',
  });
  expect(await save({ version: 2 }, { passesPerUnit: 2 })).toEqual({
    ...{ ok: false, code: 'unit_was_sold', passes: 1 },
  });
  expect(await save({ version: 2, quantity: 0 })).toEqual({
    ok: false,
    code: 'below_sold',
    taken: 1,
  });
  expect(await save({ version: 1 })).toMatchObject({ code: 'edited_meanwhile', version: 2 });
  const confirmed = await save({ version: 2, confirmed: true }, { openings: opens.slice(0, 1) });
  expect(confirmed).toMatchObject({ ok: true });
  expect(await windowsOf(typeId)).toHaveLength(1);
  expect(await db.$count(passes, eq(passes.eventId, eventId))).toBe(1);
});

test('a type opens areas of its own event only, and a refused one is not there', async () => {
  const { eventId } = await anEvent();
  const other = await anEvent();
  const before = await db.$count(passTypes, eq(passTypes.eventId, eventId));
  const change = typeChange(other.opens);
  expect(await saveType(db, eventId, change, testActor)).toEqual({
    ...{ ok: false, code: 'unknown_area' },
  });
  expect(await db.$count(passTypes, eq(passTypes.eventId, eventId))).toBe(before);
});

test('types are put in order and taken out of sale; a credential has no stock', async () => {
  const { eventId, typeId, opens } = await anEvent();
  const second = await saveType(db, eventId, typeChange(opens), testActor);
  if (!second.ok) throw new Error(second.code);
  const order = [second.typeId, typeId];
  expect(await orderTypes(db, eventId, 'ticket', order, testActor)).toEqual({ ok: true });
  const rows = await db
    .select({ id: passTypes.id })
    .from(passTypes)
    .where(eq(passTypes.eventId, eventId))
    .orderBy(asc(passTypes.position));
  expect(rows.map(({ id }) => id)).toEqual(order);
  expect(await orderTypes(db, eventId, 'ticket', [typeId], testActor)).toMatchObject({
    code: 'types_changed',
  });
  const archive = { typeId, version: 1, archived: true };
  expect(await archiveType(db, eventId, archive, testActor)).toEqual({ ok: true, version: 2 });
  const crew = { ...typeChange(opens), kind: 'credential' as const, quantity: null };
  const granted = await saveType(db, eventId, crew, testActor);
  if (!granted.ok) throw new Error(granted.code);
  expect(await db.$count(stock, eq(stock.typeId, granted.typeId))).toBe(0);
});

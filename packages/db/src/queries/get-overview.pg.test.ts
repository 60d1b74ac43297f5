import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../local-site.ts';
import { areaCounters, areas, mailOutbox } from '../schema/index.ts';
import { makeType, seatRow } from '../seed/index.ts';
import { makeDesk } from '../testing/desk.ts';
import { testDatabase } from '../testing/index.ts';
import { pendingOrder } from '../testing/shop.ts';
import { getOverview } from './get-overview.ts';
import { listOwnEvents } from './list-own-events.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
// One ticket of 5000 sold out of 100, two more and a seat in carts; another organization has the same.
const desk = await makeDesk(db, { now });
await makeDesk(db, { name: 'Another', now });
const seated = await makeType(db, desk.eventId, { seats: seatRow(20), priceMinor: 9000 });
const [seat] = seated.seatIds;
if (seat === undefined) throw new Error('no seat');
const lines = [
  { typeId: desk.typeId, quantity: 2 },
  { typeId: seated.id, seatIds: [seat] },
];
await pendingOrder(db, { eventId: desk.eventId, lines }, 'in a cart', now);
await makeType(db, desk.eventId, { kind: 'credential' });

test('types are told with what is sold, held and for sale', async () => {
  const { types } = await getOverview(db, desk.eventId);
  expect(types).toMatchObject([
    { no: 1, kind: 'ticket', quantity: 100, held: 2, sold: 1, validPasses: 1 },
    { no: 2, kind: 'ticket', quantity: 20, held: 1, sold: 0, validPasses: 0 },
    { no: 3, kind: 'credential', quantity: null, held: null, sold: null, validPasses: 0 },
  ]);
});

test('revenue is what was received, in its currency', async () => {
  const { revenue } = await getOverview(db, desk.eventId);
  expect(revenue).toEqual([{ currency: 'EUR', receivedMinor: 5000, refundedMinor: 0 }]);
});

test('a mail waits until it was sent or given up', async () => {
  expect((await getOverview(db, desk.eventId)).waiting).toEqual({
    mailsQueued: 1,
    mailsFailed: 0,
    oldestMailAt: now,
    refunds: 0,
  });
  await db.update(mailOutbox).set({ state: 'failed' });
  expect((await getOverview(db, desk.eventId)).waiting).toEqual({
    mailsQueued: 0,
    mailsFailed: 1,
    oldestMailAt: null,
    refunds: 0,
  });
});

test('people are told for each area but outside', async () => {
  const [hall] = await db.select().from(areas).where(eq(areas.name, 'Hall'));
  if (!hall) throw new Error('no hall');
  await db.update(areaCounters).set({ people: 7 }).where(eq(areaCounters.areaId, hall.id));
  expect((await getOverview(db, hall.eventId)).areas).toEqual([
    { name: 'Hall', capacity: 100, people: 7, staff: 0 },
  ]);
});

test('the list of events tells of its days and of its units', async () => {
  const [event, ...others] = await listOwnEvents(db, desk.organizationId);
  expect(others).toEqual([]);
  expect(event).toMatchObject({ slug: desk.eventSlug, sold: 1, quantity: 120 });
  expect(event?.startsAt).toEqual(event?.lastDayStartsAt);
});

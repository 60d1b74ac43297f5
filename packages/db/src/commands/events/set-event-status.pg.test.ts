import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { eventDays, events } from '../../schema/index.ts';
import { makeEvent, makeType } from '../../seed/index.ts';
import { testActor, testDatabase } from '../../testing/index.ts';
import { setEventStatus, type EventStatus } from './set-event-status.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();

async function eventThatIs(status: EventStatus): Promise<bigint> {
  const { id } = await makeEvent(db, { status }, now);
  await makeType(db, id);
  return id;
}

async function statusOf(id: bigint) {
  const [event] = await db.select().from(events).where(eq(events.id, id));
  return event?.status;
}

test.each([
  ['draft', 'published'],
  ['published', 'published'],
  ['closed', 'published'],
  ['published', 'closed'],
  ['closed', 'closed'],
  ['draft', 'archived'],
  ['closed', 'archived'],
  ['archived', 'closed'],
] as const)('what is %s becomes %s', async (status, wanted) => {
  const id = await eventThatIs(status);
  expect(await setEventStatus(db, id, wanted, testActor)).toEqual({ ok: true });
  expect(await statusOf(id)).toBe(wanted);
});

test.each([
  ['draft', 'closed'],
  ['archived', 'published'],
  ['published', 'archived'],
] as const)('what is %s does not become %s', async (status, wanted) => {
  const id = await eventThatIs(status);
  expect(await setEventStatus(db, id, wanted, testActor)).toEqual({
    ok: false,
    code: 'wrong_status',
    status,
  });
  expect(await statusOf(id)).toBe(status);
});

test('an event is not published without a ticket to sell', async () => {
  const { id } = await makeEvent(db, { status: 'draft' }, now);
  await makeType(db, id, { kind: 'credential' });
  await makeType(db, id, { archived: true });
  expect(await setEventStatus(db, id, 'published', testActor)).toEqual({
    ok: false,
    code: 'no_ticket_types',
  });
});

test('an event is not published without a day', async () => {
  const id = await eventThatIs('draft');
  await db.delete(eventDays).where(eq(eventDays.eventId, id));
  expect(await setEventStatus(db, id, 'published', testActor)).toEqual({
    ok: false,
    code: 'no_days',
  });
});

test('an event that is not there', async () => {
  expect(await setEventStatus(db, 1n, 'closed', testActor)).toEqual({
    ok: false,
    code: 'unknown_event',
  });
});

import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { mailOutbox, orders } from '../../schema/index.ts';
import { makeDesk } from '../../testing/desk.ts';
import { testDatabase } from '../../testing/index.ts';
import { pendingOrder } from '../../testing/shop.ts';
import { resendMail } from './resend-mail.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const now = new Date();
const desk = await makeDesk(db, { now });

async function orderId(reference: string): Promise<bigint> {
  const [order] = await db.select().from(orders).where(eq(orders.reference, reference));
  if (!order) throw new Error('no such order');
  return order.id;
}
const paid = await orderId(desk.orderReference);
const mails = () => db.select().from(mailOutbox).where(eq(mailOutbox.orderId, paid));

test('a mail that is still on its way is not sent twice', async () => {
  expect(await resendMail(db, paid, now)).toEqual({ ok: false, code: 'already_queued' });
  expect(await mails()).toHaveLength(1);
});

test('of two people who send it again at once, one does', async () => {
  await db.update(mailOutbox).set({ state: 'sent', sentAt: now });
  const results = await Promise.all([resendMail(db, paid, now), resendMail(db, paid, now)]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await mails()).map(({ kind, state }) => ({ kind, state }))).toEqual([
    { kind: 'order_paid', state: 'sent' },
    { kind: 'order_paid', state: 'queued' },
  ]);
});

test('one that could not be delivered is tried anew', async () => {
  await db.update(mailOutbox).set({ state: 'failed' });
  expect(await resendMail(db, paid, now)).toEqual({ ok: true });
  expect(await mails()).toHaveLength(3);
});

test('there is nothing to tell of an order that was not paid', async () => {
  const lines = [{ typeId: desk.typeId, quantity: 1 }];
  const order = await pendingOrder(db, { eventId: desk.eventId, lines }, 'unpaid', now);
  const id = await orderId(order.reference);
  expect(await resendMail(db, id, now)).toEqual({ ok: false, code: 'no_mail' });
});

test('an order that is not there', async () => {
  expect(await resendMail(db, 1n, now)).toEqual({ ok: false, code: 'unknown_order' });
});

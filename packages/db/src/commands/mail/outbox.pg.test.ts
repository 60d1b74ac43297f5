import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { mailOutbox } from '../../schema/index.ts';
import { makeEvent, makeType, type MadeEvent } from '../../seed/index.ts';
import { testDatabase } from '../../testing/index.ts';
import { pendingOrder, testSigningKey } from '../../testing/shop.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { settlePayment } from '../orders/settle-payment.ts';
import { mailAttemptsMax, markMailFailed, markMailSent, takeDueMails } from './outbox.ts';

const { db } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const week = 7 * 24 * 3_600_000;
let event: MadeEvent;
let key: SigningKey;
let orders = 0;

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, {}, now);
  key = await testSigningKey(db, now);
});

async function paidOrder(): Promise<void> {
  const type = await makeType(db, event.id, { priceMinor: 100 });
  const ref = `mail-${++orders}`;
  const lines = [{ typeId: type.id, quantity: 1 }];
  await pendingOrder(db, { eventId: event.id, lines }, ref, now);
  const money = { amountMinor: 100, currency: 'EUR' };
  await settlePayment(db, { provider: 'test', providerRef: ref, ...money }, key, now);
}

test('a mail is taken by one worker, comes again when that one dies, and is sent once it is marked', async () => {
  await paidOrder();
  const [mine, theirs] = await Promise.all([takeDueMails(db, now, 10), takeDueMails(db, now, 10)]);
  const [mail, ...more] = [...mine, ...theirs];
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ kind: 'order_paid', attempts: 1 });
  expect(await takeDueMails(db, after(14_999), 10)).toEqual([]);
  const [again] = await takeDueMails(db, after(15_000), 10);
  expect(again).toEqual({ ...mail, attempts: 2 });
  await markMailSent(db, again?.mailId ?? 0n, now);
  expect(await takeDueMails(db, after(week), 10)).toEqual([]);
});

test('a mail the server refuses comes less and less often, and at last no more', async () => {
  await paidOrder();
  let at = 0;
  const waits: number[] = [];
  for (let attempt = 1; attempt <= mailAttemptsMax; attempt++) {
    const [mail] = await takeDueMails(db, after(at), 10);
    if (!mail) throw new Error(`no mail at attempt ${attempt}`);
    await markMailFailed(db, mail, '450 try later');
    const [row] = await db.select().from(mailOutbox).where(eq(mailOutbox.id, mail.mailId));
    const next = (row?.nextAttemptAt.getTime() ?? 0) - now.getTime();
    waits.push((next - at) / 1000);
    at = next;
  }
  expect(waits.slice(0, 4)).toEqual([15, 30, 60, 120]);
  expect(waits.at(-1)).toBe(3600);
  expect(await takeDueMails(db, after(week), 10)).toEqual([]);
  const failed = await db.select().from(mailOutbox).where(eq(mailOutbox.state, 'failed'));
  expect(failed).toMatchObject([{ lastError: '450 try later', attempts: mailAttemptsMax }]);
});

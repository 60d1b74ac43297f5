import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { mailOutbox, media, orders, passes, persons } from '../../schema/index.ts';
import { makeEvent, makeType } from '../../seed/index.ts';
import { auditSales } from '../../testing/audit-sales.ts';
import { testDatabase } from '../../testing/index.ts';
import { pendingOrder, testSigningKey } from '../../testing/shop.ts';
import { settlePayment } from '../orders/settle-payment.ts';
import { atTheConsole } from './record-change.ts';
import { revokePass } from './revoke-pass.ts';
import { transferPass } from './transfer-pass.ts';

const { db } = await testDatabase();
const now = new Date('2027-03-01T12:00:00Z');

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
});

test('S-22 a transferred pass is the new holder’s: the old codes are dead, both are told, the old name stays with the order', async () => {
  const key = await testSigningKey(db, now);
  const event = await makeEvent(db, {}, now);
  const type = await makeType(db, event.id, { priceMinor: 500 });
  const lines = [{ typeId: type.id, quantity: 1 }];
  const order = await pendingOrder(db, { eventId: event.id, lines }, 'one', now);
  await settlePayment(
    db,
    { provider: 'test', providerRef: 'one', amountMinor: 500, currency: 'EUR' },
    key,
    now,
  );
  const [pass] = await db.select().from(passes);
  const passId = pass?.id ?? 0n;
  const to = { name: 'Nilo Novo', email: 'nilo@example.com' };
  expect(await transferPass(db, passId, to, key, now, atTheConsole)).toEqual({ ok: true });

  const [after] = await db.select().from(passes).where(eq(passes.id, passId));
  expect(after?.holderId).not.toBe(pass?.holderId);
  const [holder] = await db
    .select()
    .from(persons)
    .where(eq(persons.id, after?.holderId ?? 0n));
  expect(holder).toMatchObject(to);
  const codes = await db.select().from(media).where(eq(media.passId, passId)).orderBy(media.no);
  expect(codes.map(({ state }) => state)).toEqual(['dead', 'dead', 'active', 'active']);
  const [buyer] = await db.select().from(orders).where(eq(orders.publicId, order.publicId));
  const mails = await db.select().from(mailOutbox).where(eq(mailOutbox.passId, passId));
  expect(mails.map(({ kind, toPersonId }) => ({ kind, toPersonId }))).toEqual([
    { kind: 'pass_sent', toPersonId: null },
    { kind: 'pass_transferred', toPersonId: buyer?.buyerId },
  ]);

  // Given on once more: now the one who had it has an address of their own.
  const next = { name: 'Tess Third', email: 'tess@example.com' };
  expect(await transferPass(db, passId, next, key, now, atTheConsole)).toEqual({ ok: true });
  const told = await db
    .select({ to: mailOutbox.toPersonId })
    .from(mailOutbox)
    .where(and(eq(mailOutbox.passId, passId), eq(mailOutbox.kind, 'pass_transferred')))
    .orderBy(mailOutbox.id);
  expect(told.at(-1)).toEqual({ to: after?.holderId });
  expect(await auditSales(db)).toEqual([]);

  await revokePass(db, passId, now);
  expect(await transferPass(db, passId, to, key, now, atTheConsole)).toEqual({
    ok: false,
    code: 'revoked',
  });
});

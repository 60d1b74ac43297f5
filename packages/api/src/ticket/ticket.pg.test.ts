import { reissuePass, revokePass, rotateSigningKey, schema } from '@catraca/db';
import { openBooth, order } from '@catraca/db/testing/booth';
import { testDatabase } from '@catraca/db/testing';
import { testMasterKey } from '@catraca/db/testing/shop';
import { readTicketsPdf } from '@catraca/documents/testing';
import { parseCode, type PublicId } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createCaller } from '../router.ts';
import { testContext } from '../testing/test-context.ts';
import { refusalOf } from '../testing/test-buyer.ts';
import { getSigningKey, printOrder, printTicket } from '../tickets/index.ts';

const { db } = await testDatabase();
const masterKey = testMasterKey;
const booth = await openBooth(db, masterKey, new Date());
const context = await testContext(db, null);
const api = createCaller(context);

async function paidOrder() {
  const sold = await order(
    db,
    booth,
    masterKey,
    [{ typeId: booth.coming.id, quantity: 2 }],
    new Date(),
  );
  await sold.pay();
  return { ...sold, link: linkOf(sold.orderPublicId) };
}

function linkOf(orderPublicId: string) {
  const key = new URL(context.links.order(orderPublicId)).searchParams.get('key') ?? '';
  return { publicId: orderPublicId as PublicId, key };
}

const jwtOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

async function passIdOf(publicId: string): Promise<bigint> {
  const [pass] = await db
    .select({ id: schema.passes.id })
    .from(schema.passes)
    .where(eq(schema.passes.publicId, publicId));
  if (!pass) throw new Error('no such pass');
  return pass.id;
}

test('a signed link opens its order, and a wrong one no order', async () => {
  const { link, reference } = await paidOrder();
  const other = await paidOrder();
  expect(await api.order.view(link)).toMatchObject({
    reference,
    state: 'paid',
    mailedTo: 'b•••@example.com',
    lines: [{ quantity: 2, priceMinor: 5_000 }],
    tickets: [
      { status: 'valid', holderName: 'Bia Buyer' },
      { status: 'valid', holderName: 'Bia Buyer' },
    ],
  });
  const nobodys = '5d9f1a52-8f5e-4d6b-9c3a-0b7f2f1c9e11' as PublicId;
  for (const wrong of [
    { ...link, key: '' },
    { ...link, key: other.link.key },
    { ...link, publicId: nobodys },
  ]) {
    expect((await refusalOf(api.order.view(wrong))).code).toBe('not_found');
    expect((await refusalOf(api.order.mailAgain(wrong))).code).toBe('not_found');
    expect((await refusalOf(printOrder(context, wrong))).code).toBe('not_found');
  }
});

test('an order shows no tickets before it is paid', async () => {
  const lines = [{ typeId: booth.coming.id, quantity: 1 }];
  const { orderPublicId } = await order(db, booth, masterKey, lines, new Date());
  const shown = await api.order.view(linkOf(orderPublicId));
  expect(shown).toMatchObject({ state: 'pending', tickets: [], refunds: [] });
  expect(shown.holdExpiresAt).toBeInstanceOf(Date);
});

test('money that came too late is shown as going back', async () => {
  const seats = booth.seated.seatIds.slice(0, 1);
  const lines = [{ typeId: booth.seated.id, seatIds: seats }];
  const early = new Date(Date.now() - 3_600_000);
  const late = await order(db, booth, masterKey, lines, early);
  const quick = await order(db, booth, masterKey, lines, new Date());
  await quick.pay();
  await late.pay(new Date());
  expect(await api.order.view(linkOf(late.orderPublicId))).toMatchObject({
    state: 'refunded',
    closedReason: 'hold_expired',
    tickets: [],
    refunds: [{ amountMinor: 4_400, state: 'requested', reason: 'hold_expired' }],
  });
});

test('a ticket shows the codes that its pass has, and where to go in', async () => {
  const { link } = await paidOrder();
  const [first] = (await api.order.view(link)).tickets;
  const ticket = await api.ticket.get({ jwt: jwtOf(first?.url ?? '') });
  expect(ticket).toMatchObject({ state: 'valid', entrances: ['North gate'] });
  const passId = await passIdOf(first?.publicId ?? '');
  expect(parseCode(ticket.codes?.token ?? '')).toMatchObject({ kind: 'token', claims: { passId } });
  const [bars] = await db
    .select({ code: schema.media.code })
    .from(schema.media)
    .where(eq(schema.media.code, ticket.codes?.barcode ?? ''));
  expect(bars).toBeDefined();
});

test('an address that no key of this site signed opens nothing', async () => {
  const { link } = await paidOrder();
  const [first] = (await api.order.view(link)).tickets;
  const jwt = jwtOf(first?.url ?? '');
  const [head, body, signature = ''] = jwt.split('.');
  const forged = [
    'x',
    `${head}.${body}.`,
    `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    `${btoa('{"alg":"none"}')}.${body}.`,
  ];
  for (const wrong of forged) {
    expect((await refusalOf(api.ticket.get({ jwt: wrong }))).code).toBe('not_found');
  }
});

test('a ticket that admits nobody shows no code and is not printed', async () => {
  const { link } = await paidOrder();
  const [first, second] = (await api.order.view(link)).tickets;
  const jwt = jwtOf(first?.url ?? '');
  await revokePass(db, await passIdOf(first?.publicId ?? ''), new Date());
  expect(await api.ticket.get({ jwt })).toMatchObject({ state: 'revoked', codes: null });
  expect(await api.ticket.check({ jwt })).toMatchObject({ state: 'revoked' });
  expect((await refusalOf(printTicket(context, { jwt }, 'en'))).code).toBe('not_found');
  const printed = await readTicketsPdf(await printOrder(context, link));
  const valid = await api.ticket.get({ jwt: jwtOf(second?.url ?? '') });
  expect(printed.map(({ qr, barcode }) => ({ qr, barcode }))).toEqual([
    { qr: valid.codes?.token, barcode: valid.codes?.barcode },
  ]);
});

test('after a reissue the old address shows nothing, and the order leads to the new code', async () => {
  const { link } = await paidOrder();
  const [first] = (await api.order.view(link)).tickets;
  const before = await api.ticket.get({ jwt: jwtOf(first?.url ?? '') });
  const key = await getSigningKey(db, masterKey);
  await reissuePass(db, await passIdOf(first?.publicId ?? ''), key, new Date());
  expect(await api.ticket.get({ jwt: jwtOf(first?.url ?? '') })).toMatchObject({
    state: 'replaced',
    codes: null,
  });
  const [again] = (await api.order.view(link)).tickets;
  const after = await api.ticket.get({ jwt: jwtOf(again?.url ?? '') });
  expect(after.state).toBe('valid');
  expect(after.codes?.token).not.toBe(before.codes?.token);
});

test('addresses given out before a key was rotated still open their tickets', async () => {
  const { link } = await paidOrder();
  const [before] = (await api.order.view(link)).tickets;
  await rotateSigningKey(db, masterKey, new Date());
  // A process notices within a second; one that starts now, at once.
  const restarted = createCaller({ ...context, masterKey: Uint8Array.from(masterKey) });
  const [after] = (await restarted.order.view(link)).tickets;
  expect(after?.url).not.toBe(before?.url);
  const codes = [before, after].map((one) => api.ticket.get({ jwt: jwtOf(one?.url ?? '') }));
  const [old, fresh] = await Promise.all(codes);
  expect(old?.codes).toEqual(fresh?.codes);
});

test('a buyer may have the mail again, though not as fast as they can click', async () => {
  const { link, orderPublicId } = await paidOrder();
  expect((await refusalOf(api.order.mailAgain(link))).code).toBe('mail_on_its_way');
  await db.update(schema.mailOutbox).set({ state: 'sent' });
  expect((await refusalOf(api.order.mailAgain(link))).code).toBe('mail_on_its_way');
  const later = createCaller({ ...context, now: new Date(Date.now() + 180_000) });
  await later.order.mailAgain(link);
  const queued = await db
    .select({ kind: schema.mailOutbox.kind })
    .from(schema.mailOutbox)
    .innerJoin(schema.orders, eq(schema.orders.id, schema.mailOutbox.orderId))
    .where(eq(schema.orders.publicId, orderPublicId));
  expect(queued).toHaveLength(2);
});

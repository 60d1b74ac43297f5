import { initSite, openText } from '@catraca/db';
import { makeEvent, makeType, seatRow } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { expect, test } from 'vitest';
import { refusalOf, testBuyer } from '../testing/test-buyer.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });

const buyerData = { name: 'Ana Buyer', email: 'ana@example.com' };

async function holdSome() {
  const event = await makeEvent(db, {}, new Date());
  const plain = await makeType(db, event.id, { priceMinor: 1_000, feeMinor: 100 });
  const seated = await makeType(db, event.id, { seats: seatRow(3), priceMinor: 2_000 });
  const seatIds = seated.seatIds.slice(1, 3).map(String);
  const buyer = testBuyer(db);
  const lines = [
    { typeNo: plain.no, quantity: 2 },
    { typeNo: seated.no, seatIds },
  ];
  await (await buyer.call()).hold.place({ slug: event.slug, lines });
  return { buyer, plain, seated, seatIds };
}

/** The seat, if there is one, and the name of each pass, in the order of the lines. */
async function holderNames(orderPublicId: string) {
  const rows = await db.$client<{ seatId: string | null; name: Uint8Array }[]>`
    select line.seat_id::text as "seatId", person.name
    from orders join order_lines line on line.order_id = orders.id
      join order_holders holder on holder.order_line_id = line.id
      join persons person on person.id = holder.person_id
    where orders.public_id = ${orderPublicId}
    order by line.no, holder.no`;
  return rows.map(({ seatId, name }) => [seatId ?? '', openText(name)]);
}

test('names go to the tickets and seats they were given for, the rest is the buyer’s', async () => {
  const { buyer, plain, seated, seatIds } = await holdSome();
  const order = await (
    await buyer.call()
  ).order.begin({
    buyer: buyerData,
    holders: [
      { typeNo: plain.no, names: ['', 'Bea'] },
      { typeNo: seated.no, seatId: seatIds[1], names: ['  Cid '] },
    ],
    locale: 'pt-br',
  });
  expect(order.totalMinor).toBe(6_200);
  expect(await holderNames(order.orderPublicId)).toEqual([
    ['', 'Ana Buyer'],
    ['', 'Bea'],
    [seatIds[0], 'Ana Buyer'],
    [seatIds[1], 'Cid'],
  ]);
});

test('asked again it is the same order, with the names of the last time', async () => {
  const { buyer, plain } = await holdSome();
  const begin = async (name: string) =>
    (await buyer.call()).order.begin({
      buyer: buyerData,
      holders: [{ typeNo: plain.no, names: [name] }],
      locale: 'en',
    });
  const first = await begin('Bea');
  const second = await begin('Eva');
  expect(second).toEqual(first);
  expect((await holderNames(second.orderPublicId))[0]).toEqual(['', 'Eva']);
});

test('without a hold, or with one whose time ran out, nothing is ordered', async () => {
  const input = { buyer: buyerData, holders: [], locale: 'en' as const };
  const nobody = testBuyer(db);
  expect(await refusalOf((await nobody.call()).order.begin(input))).toMatchObject({
    code: 'hold_ended',
  });
  const { buyer } = await holdSome();
  const later = new Date(Date.now() + 601_000);
  expect(await refusalOf((await buyer.call(later)).order.begin(input))).toMatchObject({
    code: 'hold_ended',
  });
});

test('names for what is not in the cart are refused', async () => {
  const { buyer, plain } = await holdSome();
  const begin = async (names: string[], typeNo = plain.no) =>
    refusalOf(
      (await buyer.call()).order.begin({
        ...{ buyer: buyerData, locale: 'en' },
        holders: [{ typeNo, names }],
      }),
    );
  expect(await begin(['A', 'B', 'C'])).toMatchObject({ code: 'malformed_cart' });
  expect(await begin(['A'], 99)).toMatchObject({ code: 'malformed_cart' });
});

test.each([
  ['a name without letters', { name: '  ', email: 'ana@example.com' }],
  ['a name of two lines', { name: 'Ana\nBcc: all@example.com', email: 'ana@example.com' }],
  ['a name without end', { name: 'A'.repeat(121), email: 'ana@example.com' }],
  ['an address that is none', { name: 'Ana', email: 'ana@' }],
  ['an address without end', { name: 'Ana', email: `${'a'.repeat(250)}@example.com` }],
])('%s is refused at the border', async (_, person) => {
  const { buyer } = await holdSome();
  const call = (await buyer.call()).order.begin({ buyer: person, holders: [], locale: 'en' });
  await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('S-16 an e-mail address that has what one may have is told so, however it is typed', async () => {
  const event = await makeEvent(db, { unitsPerBuyerMax: 3 }, new Date());
  const type = await makeType(db, event.id);
  const begin = async (email: string) => {
    const buyer = testBuyer(db);
    await (
      await buyer.call()
    ).hold.place({ slug: event.slug, lines: [{ typeNo: type.no, quantity: 2 }] });
    const input = { buyer: { name: 'Ana', email }, holders: [], locale: 'en' as const };
    return (await buyer.call()).order.begin(input);
  };
  await begin('ana@example.com');
  expect(await refusalOf(begin('ANA@example.com'))).toEqual({
    code: 'over_limit',
    detail: { kind: 'buyer', max: 3, have: 2 },
  });
  await begin('bea@example.com');
});

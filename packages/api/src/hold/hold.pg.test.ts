import { initSite } from '@catraca/db';
import { makeEvent, makeType, seatRow, makeOrganization } from '@catraca/db/seed';
import { testDatabase } from '@catraca/db/testing';
import { describe, expect, test } from 'vitest';
import { refusalOf, testBuyer } from '../testing/test-buyer.ts';
import { testMember } from '../testing/test-context.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });

const ttlMs = 600_000;

async function makeShop() {
  const event = await makeEvent(db, {}, new Date());
  const plain = await makeType(db, event.id, { units: 5, priceMinor: 1_000, feeMinor: 100 });
  const seated = await makeType(db, event.id, { seats: seatRow(3), priceMinor: 2_000 });
  const seatIds = seated.seatIds.map(String);
  return { slug: event.slug, plain, seated, seatIds };
}

describe('a cart', () => {
  test('is empty until something is held, and tells what is in it and what it costs', async () => {
    const { slug, plain, seated, seatIds } = await makeShop();
    const buyer = testBuyer(db);
    expect(await (await buyer.call()).hold.get()).toBeNull();
    await (
      await buyer.call()
    ).hold.place({
      slug,
      lines: [
        { typeNo: plain.no, quantity: 2 },
        { typeNo: seated.no, seatIds: seatIds.slice(0, 1) },
      ],
    });
    const hold = await (await buyer.call()).hold.get();
    expect(hold).toMatchObject({ state: 'active', event: { slug }, totalMinor: 4_200 });
    expect(hold?.lines).toMatchObject([
      { typeNo: plain.no, quantity: 2, seats: [] },
      { typeNo: seated.no, quantity: 1, seats: [{ id: seatIds[0], row: 'A', number: 1 }] },
    ]);
  });

  test('never tells its secret', async () => {
    const { slug, plain } = await makeShop();
    const buyer = testBuyer(db);
    const answers = [
      await (await buyer.call()).hold.place({ slug, lines: [{ typeNo: plain.no, quantity: 1 }] }),
      await (await buyer.call()).hold.get(),
      await (await buyer.call()).event.takenSeats({ slug, typeNo: plain.no }),
    ];
    expect(buyer.cookie).not.toBeNull();
    expect(JSON.stringify(answers)).not.toContain(buyer.cookie);
  });

  test('gives what it has to a changed one, and nothing of it is lost to a refusal', async () => {
    const { slug, plain } = await makeShop();
    const buyer = testBuyer(db);
    const place = async (quantity: number) =>
      (await buyer.call()).hold.place({ slug, lines: [{ typeNo: plain.no, quantity }] });
    await place(4);
    await place(5);
    const refused = await refusalOf(place(6));
    expect(refused).toEqual({ code: 'not_enough', detail: { typeNo: plain.no, left: 5 } });
    expect((await (await buyer.call()).hold.get())?.lines).toMatchObject([{ quantity: 5 }]);
  });

  test('tells that its time ran out, and what was in it', async () => {
    const { slug, plain } = await makeShop();
    const buyer = testBuyer(db);
    await (await buyer.call()).hold.place({ slug, lines: [{ typeNo: plain.no, quantity: 2 }] });
    const later = new Date(Date.now() + ttlMs + 1_000);
    const hold = await (await buyer.call(later)).hold.get();
    expect(hold).toMatchObject({ state: 'expired', lines: [{ quantity: 2 }] });
  });

  test('is given back at once', async () => {
    const { slug, plain } = await makeShop();
    const [buyer, other] = [testBuyer(db), testBuyer(db)];
    const lines = [{ typeNo: plain.no, quantity: 5 }];
    await (await buyer.call()).hold.place({ slug, lines });
    expect(await refusalOf((await other.call()).hold.place({ slug, lines }))).toMatchObject({
      code: 'sold_out',
    });
    await (await buyer.call()).hold.release();
    expect(await (await buyer.call()).hold.get()).toBeNull();
    await (await other.call()).hold.place({ slug, lines });
  });

  test('is of one event: tickets of another ask first', async () => {
    const [first, second] = [await makeShop(), await makeShop()];
    const buyer = testBuyer(db);
    const place = async ({ slug, plain }: typeof first, replaceOther = false) =>
      (await buyer.call()).hold.place({
        ...{ slug, replaceOther },
        lines: [{ typeNo: plain.no, quantity: 1 }],
      });
    await place(first);
    const refused = await refusalOf(place(second));
    expect(refused).toMatchObject({ code: 'other_cart', detail: { eventSlug: first.slug } });
    await place(second, true);
    expect((await (await buyer.call()).hold.get())?.event.slug).toBe(second.slug);
    const freed = await (await buyer.call()).event.availability({ slug: first.slug });
    expect(freed).toContainEqual({ typeNo: first.plain.no, state: 'on_sale', left: 5 });
  });
});

describe('the last seat', () => {
  test('goes to one of two; the other learns which seat it was and keeps their cart', async () => {
    const { slug, seated, plain, seatIds } = await makeShop();
    const [buyer, other] = [testBuyer(db), testBuyer(db)];
    await (await other.call()).hold.place({ slug, lines: [{ typeNo: plain.no, quantity: 1 }] });
    const lines = [{ typeNo: seated.no, seatIds: seatIds.slice(1, 2) }];
    await (await buyer.call()).hold.place({ slug, lines });
    const refused = await refusalOf((await other.call()).hold.place({ slug, lines }));
    expect(refused).toEqual({ code: 'seat_taken', detail: { seatIds: seatIds.slice(1, 2) } });
    expect((await (await other.call()).hold.get())?.lines).toMatchObject([{ typeNo: plain.no }]);
  });

  test('is named also when the whole hall is gone with it', async () => {
    const { slug, seated, seatIds } = await makeShop();
    const [buyer, other] = [testBuyer(db), testBuyer(db)];
    const all = [{ typeNo: seated.no, seatIds }];
    await (await buyer.call()).hold.place({ slug, lines: all });
    const wanted = [{ typeNo: seated.no, seatIds: seatIds.slice(2) }];
    const refused = await refusalOf((await other.call()).hold.place({ slug, lines: wanted }));
    expect(refused).toEqual({ code: 'seat_taken', detail: { seatIds: seatIds.slice(2) } });
  });

  test('is taken for others and free for whom holds it', async () => {
    const { slug, seated, seatIds } = await makeShop();
    const [buyer, other] = [testBuyer(db), testBuyer(db)];
    const lines = [{ typeNo: seated.no, seatIds: seatIds.slice(0, 1) }];
    await (await buyer.call()).hold.place({ slug, lines });
    const query = { slug, typeNo: seated.no };
    const seen = await (await other.call()).event.takenSeats(query);
    expect(seen).toEqual({ held: seatIds.slice(0, 1), sold: [] });
    expect(await (await buyer.call()).event.takenSeats(query)).toEqual({ held: [], sold: [] });
  });
});

describe('S-15 what one network may have', () => {
  async function makeLimited() {
    const organizationId = await makeOrganization(db);
    const limits = { unitsPerNetworkMax: 4, organizationId };
    const event = await makeEvent(db, limits, new Date());
    const type = await makeType(db, event.id, { units: 1_000 });
    return { organizationId, slug: event.slug, lines: [{ typeNo: type.no, quantity: 2 }] };
  }

  test('five hundred sessions of one network get what one person gets, and are told why', async () => {
    const { organizationId: _, ...request } = await makeLimited();
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, async () => {
        const call = (await testBuyer(db).call()).hold.place(request);
        return call.then(
          () => 'held',
          (error: unknown) => error,
        );
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(2);
    const refused = await refusalOf((await testBuyer(db).call()).hold.place(request));
    expect(refused).toEqual({ code: 'over_limit', detail: { kind: 'network', max: 4, have: 4 } });
  });

  test('a desk sells to everybody from one network; a member who may not sell is no desk', async () => {
    const { organizationId, ...request } = await makeLimited();
    const hold = async (role: 'box_office' | 'gate') => {
      const member = testMember(role, organizationId);
      await (await testBuyer(db, { member }).call()).hold.place(request);
    };
    for (let i = 0; i < 5; i++) await hold('box_office');
    for (let i = 0; i < 2; i++) await hold('gate');
    expect(await refusalOf(hold('gate'))).toMatchObject({ code: 'over_limit' });
  });
});

test.each([
  ['no lines', []],
  ['a type twice', 'twice'],
  ['a fraction', [{ typeNo: 1, quantity: 1.5 }]],
  ['too many lines', Array.from({ length: 21 }, (_, i) => ({ typeNo: i + 1, quantity: 1 }))],
  ['too many units', [{ typeNo: 1, quantity: 51 }]],
  ['a seat that is no id', [{ typeNo: 1, seatIds: ['1; drop table seats'] }]],
])('%s is refused and holds nothing', async (_, given) => {
  const { slug, plain } = await makeShop();
  const line = { typeNo: plain.no, quantity: 1 };
  const lines = given === 'twice' ? [line, line] : given;
  const buyer = testBuyer(db);
  const call = (await buyer.call()).hold.place({ slug, lines: lines as [] });
  await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(buyer.cookie).toBeNull();
});

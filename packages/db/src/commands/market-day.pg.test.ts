import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { openDb, type Db } from '../client.ts';
import { initSite } from '../local-site.ts';
import { makeDice, type Dice } from '../seed/demo/random.ts';
import { makeEvent, makeType, seatRow, type MadeEvent, type MadeType } from '../seed/index.ts';
import { auditSales } from '../testing/audit-sales.ts';
import { testDatabase } from '../testing/index.ts';
import { testSigningKey } from '../testing/shop.ts';
import {
  beginCheckout,
  expireHolds,
  failPayment,
  openPayment,
  placeHold,
  releaseHold,
  settlePayment,
  type HoldRequestLine,
  type SigningKey,
} from './index.ts';

const { db, url } = await testDatabase();
const opening = new Date('2027-03-01T12:00:00Z');
const buyers = 40;
const actsEach = 12;
/** Every so many-th buyer pays a cent too little, always: chance alone leaves a day without any. */
const stingyEvery = 5;
let event: MadeEvent;
let key: SigningKey;
let counted: MadeType[];
let seated: MadeType[];

beforeAll(async () => {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  event = await makeEvent(db, { holdTtlSeconds: 60 }, opening);
  key = await testSigningKey(db, opening);
  counted = [
    await makeType(db, event.id, { units: 60, priceMinor: 100 }),
    await makeType(db, event.id, { units: 30, priceMinor: 900, passesPerUnit: 5 }),
  ];
  seated = [
    await makeType(db, event.id, { seats: seatRow(40), priceMinor: 500 }),
    await makeType(db, event.id, { seats: seatRow(25, 'B'), priceMinor: 700 }),
  ];
});

/** A few types and seats, in any order. */
function drawLines(dice: Dice): HoldRequestLine[] {
  const lines = [
    ...counted.map((type) => ({ typeId: type.id, quantity: 1 + dice.below(3) })),
    ...seated.map((type) => {
      const first = dice.below(type.seatIds.length - 3);
      return {
        typeId: type.id,
        seatIds: dice.shuffle(type.seatIds.slice(first, first + 1 + dice.below(3))),
      };
    }),
  ];
  return dice.shuffle(lines).slice(0, 1 + dice.below(lines.length));
}

/** One buyer, who changes their mind, pays late, twice, too little or not at all. */
async function shop(crowd: Db, buyer: number): Promise<void> {
  const dice = makeDice(buyer);
  let hold: string | undefined;
  let now = opening;
  for (let act = 0; act < actsEach; act++) {
    now = new Date(now.getTime() + dice.below(40) * 1000);
    const drawn = dice.fraction();
    if (!hold || drawn < 0.35) {
      const request = { eventId: event.id, lines: drawLines(dice), replaces: hold };
      const placed = await placeHold(crowd, request, now);
      if (placed.ok) hold = placed.hold.publicId;
    } else if (drawn < 0.45) {
      await releaseHold(crowd, hold);
    } else if (drawn < 0.55) {
      await expireHolds(crowd, now, 5);
    } else {
      const short = buyer % stingyEvery === 0 ? 1 : 0;
      await pay(crowd, dice, { hold, ref: `${buyer}-${act}`, short }, now);
    }
  }
}

interface Paying {
  hold: string;
  ref: string;
  /** How much less than the price is paid, in minor units. */
  short: number;
}

async function pay(crowd: Db, dice: Dice, { hold, ref, short }: Paying, now: Date): Promise<void> {
  const buyer = { name: 'Someone', email: 'someone@example.com' };
  const checkout = { holdPublicId: hold, buyer, holders: [], locale: 'en' } as const;
  const begun = await beginCheckout(crowd, checkout, now);
  if (!begun.ok) return;
  const { publicId: orderPublicId, totalMinor, currency } = begun.order;
  const refs = dice.fraction() < 0.25 ? [ref, `${ref}-again`] : [ref];
  await Promise.all(
    refs.map(async (providerRef) => {
      const payment = { provider: 'test', providerRef } as const;
      await openPayment(crowd, { orderPublicId, ...payment }, now);
      const late = new Date(now.getTime() + dice.below(3) * 61_000);
      if (dice.fraction() < 0.15) await failPayment(crowd, payment, now);
      const settlement = {
        ...payment,
        amountMinor: totalMinor - short,
        currency,
        webhookEventRef: `evt-${providerRef}`,
      };
      await settlePayment(crowd, settlement, key, late);
      await settlePayment(crowd, settlement, key, late);
    }),
  );
}

test('S-1 to S-9 a market day: forty buyers, every command, all at once, and all books agree at the end', async () => {
  const crowd = openDb(url, { connections: 20 });
  await Promise.all(Array.from({ length: buyers }, (_, buyer) => shop(crowd, buyer)));
  await crowd.$client.end();
  expect(await auditSales(db)).toEqual([]);

  // It was a day worth looking at, and nobody ever waited in a circle.
  const [day] = await db.execute(sql`
    select (select count(*) > 10 from orders where state = 'paid') as paid,
      (select count(*) > 0 from refunds where reason = 'paid_twice') as twice,
      (select count(*) > 0 from refunds where reason = 'wrong_amount') as wrong,
      (select count(*) > 0 from holds where state = 'released') as released,
      (select count(*) > 0 from holds where state = 'expired') as expired,
      (select deadlocks = 0 from pg_stat_database where datname = current_database()) as "noDeadlock"`);
  expect(day).toEqual({
    paid: true,
    twice: true,
    wrong: true,
    released: true,
    expired: true,
    noDeadlock: true,
  });
});

import type { Db } from '../client.ts';
import {
  beginCheckout,
  ensureSigningKey,
  loadSigningKey,
  openPayment,
  placeHold,
  settlePayment,
  type HoldRequestLine,
} from '../commands/index.ts';
import { initSite } from '../local-site.ts';
import { makeAreas, makeCheckpoints, makeEvent, makeType, seatRow } from '../seed/index.ts';
import { placed } from './shop.ts';

/** A small event that sells: a hall with two entrances and a stage, a type to come and go and one with seats. */
export async function openBooth(db: Db, masterKey: Uint8Array, now: Date) {
  await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
  await ensureSigningKey(db, masterKey, now);
  const event = await makeEvent(
    db,
    { name: 'Ink & Thunder', slug: 'ink', venueName: 'Harbour Hall', timeZone: 'Europe/Lisbon' },
    now,
  );
  const [hallId, stageId] = await makeAreas(db, event.id, [
    { no: 1, name: 'Hall' },
    { no: 2, name: 'Stage' },
  ]);
  if (hallId === undefined || stageId === undefined) throw new Error('areas were not written');
  const entrance = { fromAreaId: event.outsideAreaId, toAreaId: hallId, x: 0, y: 0 };
  await makeCheckpoints(db, event.id, [
    { ...entrance, no: 1, name: 'North gate', directions: 'both' },
    { ...entrance, no: 2, name: 'Way out', directions: 'exit' },
    {
      ...entrance,
      no: 3,
      name: 'To the stage',
      fromAreaId: hallId,
      toAreaId: stageId,
      directions: 'both',
    },
  ]);
  const opens = event.days.map((day) => ({
    areaId: hallId,
    startsAt: new Date(day.startsAt),
    endsAt: new Date(day.endsAt),
  }));
  const coming = await makeType(db, event.id, {
    name: { en: 'All days', 'pt-br': 'Todos os dias' },
    policy: { kind: 'reentry' },
    priceMinor: 2_500,
    opens,
  });
  const seated = await makeType(db, event.id, {
    name: { en: 'Front seat' },
    policy: { kind: 'once' },
    priceMinor: 4_000,
    feeMinor: 400,
    seats: seatRow(10, 'B'),
    opens,
  });
  return { event, coming, seated };
}

export type Booth = Awaited<ReturnType<typeof openBooth>>;

let payments = 0;

/** An order that waits for its payment, and how to pay it. */
export async function order(
  db: Db,
  booth: Booth,
  masterKey: Uint8Array,
  lines: HoldRequestLine[],
  now: Date,
) {
  const hold = placed(await placeHold(db, { eventId: booth.event.id, lines }, now));
  const buyer = { name: 'Bia Buyer', email: 'bia@example.com' };
  const begun = await beginCheckout(
    db,
    { holdPublicId: hold.publicId, buyer, holders: [], locale: 'en' },
    now,
  );
  if (!begun.ok) throw new Error(`the checkout was refused: ${begun.code}`);
  const { publicId: orderPublicId, totalMinor: amountMinor, currency, reference } = begun.order;
  const ref = { provider: 'test', providerRef: `booth-${++payments}` } as const;
  const opened = await openPayment(db, { orderPublicId, ...ref }, now);
  if (!opened.ok) throw new Error(`the payment was refused: ${opened.code}`);
  return {
    orderPublicId,
    reference,
    async pay(at = now) {
      const loaded = await loadSigningKey(db, masterKey);
      if (!loaded.ok) throw new Error(loaded.code);
      return settlePayment(db, { ...ref, amountMinor, currency }, loaded.key, at);
    },
  };
}

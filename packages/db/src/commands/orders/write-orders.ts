import { randomUUID } from 'node:crypto';
import { discountOf, taxWithin } from '@catraca/domain';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { insertion, rowSet, sendAll } from '../../rows.ts';
import { orderHolders, orderLines, orders, persons } from '../../schema/index.ts';
import { at, takeIds } from '../ids.ts';
import type { HoldRow, OrderRow } from '../locks.ts';
import { personRow, updatePersons } from '../persons.ts';
import { covers, useVouchers, type VoucherRow } from '../vouchers-in-sale.ts';
import type { CheckoutRequest } from './begin-checkout.ts';
import type { Unit } from './hold-units.ts';
import { drawReference } from './reference.ts';

/** A checkout that is granted. */
export interface Begun {
  ok: true;
  request: CheckoutRequest;
  now: Date;
  hold: HoldRow;
  known: OrderRow | undefined;
  units: Unit[];
  /** For each unit the names on its passes. */
  names: string[][];
  currency: string;
  /** The code that the hold was placed with. */
  voucher: VoucherRow | undefined;
}

/** What a unit costs, by the code that was used, and the tax within. `priceMinor` is what is left to pay. */
function priceOf(unit: Unit, voucher: VoucherRow | undefined) {
  const used = voucher && covers(voucher, unit.typeId) ? voucher : undefined;
  const discountMinor = used ? discountOf(used, unit.priceMinor) : 0;
  const priceMinor = unit.priceMinor - discountMinor;
  const { feeMinor } = unit;
  const taxMinor = taxWithin(priceMinor + feeMinor, unit.taxBasisPoints);
  return { priceMinor, feeMinor, discountMinor, taxMinor, voucherId: used?.id ?? null };
}

type NewOrder = Omit<typeof orders.$inferInsert, 'reference'> & { id: bigint; publicId: string };

/** An order, a line for each of its units, and on each line as many holders as the unit has passes. */
export async function insertOrders(tx: Tx, begun: readonly Begun[]) {
  const count = begun.reduce((sum, one) => sum + 2 + one.units.length + one.names.flat().length, 0);
  const ids = await takeIds(tx, count);
  let taken = 0;
  const nextId = () => at(ids, taken++);
  const people: ReturnType<typeof personRow>[] = [];
  const addPerson = (eventId: bigint, name: string, email: string | null) => {
    const id = nextId();
    people.push(personRow(id, eventId, { name, email }));
    return id;
  };
  const lines: (typeof orderLines.$inferInsert)[] = [];
  const holders: (typeof orderHolders.$inferInsert)[] = [];
  const rows = begun.map((one): NewOrder => {
    const { request, hold, units, now } = one;
    const id = nextId();
    const { name, email } = request.buyer;
    const prices = units.map((unit) => priceOf(unit, one.voucher));
    units.forEach(({ typeId, seatId }, index) => {
      const orderLineId = nextId();
      const price = at(prices, index);
      lines.push({ id: orderLineId, orderId: id, no: index + 1, typeId, seatId, ...price });
      at(one.names, index).forEach((holder, no) => {
        const personId = addPerson(hold.eventId, holder, null);
        holders.push({ orderLineId, no: no + 1, personId });
      });
    });
    return {
      ...{ id, publicId: randomUUID(), eventId: hold.eventId, site: hold.site, holdId: hold.id },
      buyerId: addPerson(hold.eventId, name, email),
      buyerKey: request.buyerKey ?? null,
      currency: one.currency,
      totalMinor: prices.reduce((total, price) => total + price.priceMinor + price.feeMinor, 0),
      locale: request.locale,
      createdAt: now,
    };
  });
  await sendAll(tx, [insertion(persons, people)]);
  const written = await insertWithNewReferences(tx, rows);
  await sendAll(tx, [insertion(orderLines, lines), insertion(orderHolders, holders)]);
  await useVouchers(
    tx,
    begun.flatMap(({ voucher, units }, index) => {
      const used = voucher ? units.filter(({ typeId }) => covers(voucher, typeId)).length : 0;
      return voucher && used > 0
        ? [{ voucherId: voucher.id, orderId: at(rows, index).id, units: used }]
        : [];
    }),
  );
  return written;
}

/** How often another reference is drawn when one was given out before: the second draw is already a rarity. */
const drawsMax = 8;

async function insertWithNewReferences(tx: Tx, rows: readonly NewOrder[]) {
  const references = new Map<bigint, string>();
  for (let draw = 0; references.size < rows.length; draw++) {
    if (draw === drawsMax) throw new Error('no order reference is left to draw');
    const waiting = rows
      .filter(({ id }) => !references.has(id))
      .map((row) => ({ ...row, reference: drawReference() }));
    const conflict = sql`on conflict (reference) do nothing returning id, reference`;
    const [inserted = []] = await sendAll(tx, [insertion(orders, waiting, conflict)]);
    for (const { id, reference } of inserted) references.set(BigInt(String(id)), String(reference));
  }
  return rows.map((row) => ({ ...row, reference: references.get(row.id) ?? '' }));
}

/** Other people buy and hold what was ordered before. */
export async function renameOrders(tx: Tx, begun: readonly Begun[]): Promise<void> {
  const renamed = begun.flatMap(({ known, ...one }) => (known ? [{ ...one, order: known }] : []));
  if (renamed.length === 0) return;
  const holders = await tx
    .select({ orderId: orderLines.orderId, id: orderHolders.personId })
    .from(orderHolders)
    .innerJoin(orderLines, eq(orderLines.id, orderHolders.orderLineId))
    .where(
      inArray(
        orderLines.orderId,
        renamed.map(({ order }) => order.id),
      ),
    )
    .orderBy(asc(orderLines.no), asc(orderHolders.no));
  const holdersOf = Map.groupBy(holders, ({ orderId }) => orderId);
  await updatePersons(
    tx,
    renamed.flatMap(({ order, request, names }) => [
      { id: order.buyerId, ...request.buyer },
      ...(holdersOf.get(order.id) ?? []).map(({ id }, no) => ({ id, name: at(names.flat(), no) })),
    ]),
  );
  const given = renamed.map(({ order, request }) => ({
    id: order.id,
    locale: request.locale,
    key: request.buyerKey ? Buffer.from(request.buyerKey).toString('hex') : null,
  }));
  await tx.execute(sql`
    update ${orders} set locale = given.locale, buyer_key = decode(given.key, 'hex')
    from ${rowSet('given', { id: 'bigint', locale: 'text', key: 'text' }, given)}
    where orders.id = given.id`);
}

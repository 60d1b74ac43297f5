import type { Tx } from '../../client.ts';
import { at, takeIds } from '../../commands/ids.ts';
import type { SigningKey } from '../../commands/keys/signing-keys.ts';
import { moveStock } from '../../commands/locks.ts';
import { drawReference } from '../../commands/orders/reference.ts';
import { issuePasses, type PassRequest } from '../../commands/passes/issue-passes.ts';
import { personRow, whoItIs } from '../../commands/persons.ts';
import { insertRows } from '../../rows.ts';
import {
  orderHolders,
  orderLines,
  orders,
  payments,
  persons,
  seatClaims,
} from '../../schema/index.ts';
import { auditoriumRowLengths } from './auditorium.ts';
import type { Convention } from './convention.ts';
import { drawName, emailOf } from './people.ts';
import { makeDice, type Dice } from './random.ts';
import { planSales, saleTimes, type PlannedOrder, type PlannedUnit } from './sales-plan.ts';
import { saleDays, type CredentialName, type DemoTypes } from './types.ts';

/** The demo's languages, as its buyers speak them. */
const locales = ['pt-br', 'pt-br', 'pt-br', 'pt-br', 'pt-br', 'pt-br', 'es', 'en'] as const;

const secondsToPay = 90;

export interface Sale {
  tx: Tx;
  key: SigningKey;
  site: number;
  event: Convention;
  types: DemoTypes;
  now: Date;
}

/** Rows of all orders, side by side. Ids are taken beforehand, so that every table is one statement. */
interface Books {
  persons: (typeof persons.$inferInsert)[];
  orders: (typeof orders.$inferInsert)[];
  lines: (typeof orderLines.$inferInsert & { id: bigint })[];
  holders: (typeof orderHolders.$inferInsert)[];
  payments: (typeof payments.$inferInsert)[];
  passes: PassRequest[];
}

/** Sells what the plan says, paid and issued. @returns the ids of the passes. */
export async function sellTickets(sale: Sale): Promise<bigint[]> {
  const plan = planSales(auditoriumRowLengths());
  const books = await writeBooks(sale, plan);
  const { tx } = sale;
  await insertRows(tx, persons, books.persons);
  await insertRows(tx, orders, books.orders);
  await insertRows(tx, orderLines, books.lines);
  await insertRows(tx, orderHolders, books.holders);
  await insertRows(tx, payments, books.payments);
  await insertRows(
    tx,
    seatClaims,
    books.lines.flatMap(({ seatId, id }) => (seatId ? [{ seatId, orderLineId: id }] : [])),
  );
  const sold = Map.groupBy(books.lines, (line) => line.typeId);
  const moves = [...sold].map(([typeId, lines]) => ({ typeId, held: 0, sold: lines.length }));
  await moveStock(tx, sale.site, moves);
  return issuePasses(tx, sale.key, books.passes, sale.now);
}

/** Writes rows: the sale, the dice that make people up, and the ids that were taken. */
interface Clerk {
  sale: Sale;
  dice: Dice;
  nextId(): bigint;
  books: Books;
}

async function writeBooks(sale: Sale, plan: readonly PlannedOrder[]): Promise<Books> {
  const clerk: Clerk = {
    sale,
    dice: makeDice(42),
    nextId: await idsFor(sale, plan),
    books: { persons: [], orders: [], lines: [], holders: [], payments: [], passes: [] },
  };
  const times = saleTimes(plan.length, saleDays, sale.now);
  const references = new Set<string>();
  while (references.size < plan.length) references.add(drawReference());
  for (const [index, reference] of [...references].entries()) {
    addOrder(clerk, at(plan, index), reference, at(times, index));
  }
  return clerk.books;
}

function addOrder(clerk: Clerk, units: PlannedOrder, reference: string, createdAt: Date): void {
  const { sale, dice, books } = clerk;
  const { id: eventId, currency } = sale.event;
  const paidAt = new Date(createdAt.getTime() + secondsToPay * 1000);
  const id = clerk.nextId();
  const name = drawName(dice);
  const buyerId = addPerson(clerk, name, emailOf(name, books.orders.length), createdAt);
  const order = { id, buyerName: name, createdAt, paidAt };
  const totalMinor = units
    .map((unit, index) => addLine(clerk, order, unit, index + 1))
    .reduce((total, price) => total + price, 0);
  books.orders.push({
    id,
    reference,
    eventId,
    site: sale.site,
    buyerId,
    state: 'paid',
    currency,
    totalMinor,
    paidMinor: totalMinor,
    locale: dice.pick(locales),
    createdAt,
    paidAt,
  });
  books.payments.push({
    orderId: id,
    provider: 'test',
    providerRef: `demo-${reference}`,
    amountMinor: totalMinor,
    currency,
    state: 'succeeded',
    createdAt,
    settledAt: paidAt,
  });
}

/** @returns what the unit costs. */
function addLine(
  clerk: Clerk,
  order: { id: bigint; buyerName: string; createdAt: Date; paidAt: Date },
  unit: PlannedUnit,
  no: number,
): number {
  const { books, dice } = clerk;
  const { id: typeId, draft, seatIds } = clerk.sale.types[unit.type];
  const { priceMinor = 0, feeMinor = 0, passesPerUnit = 1 } = draft;
  const id = clerk.nextId();
  const seatId = unit.seat === undefined ? null : at(seatIds, unit.seat);
  books.lines.push({ id, orderId: order.id, no, typeId, seatId, priceMinor, feeMinor });
  for (let holderNo = 1; holderNo <= passesPerUnit; holderNo++) {
    const isBuyer = no === 1 && holderNo === 1;
    const name = isBuyer ? order.buyerName : drawName(dice);
    const holderId = addPerson(clerk, name, null, order.createdAt);
    books.holders.push({ orderLineId: id, no: holderNo, personId: holderId });
    books.passes.push({ typeId, holderId, orderLineId: id, seatId, issuedAt: order.paidAt });
  }
  return priceMinor + feeMinor;
}

function addPerson(clerk: Clerk, name: string, email: string | null, createdAt: Date): bigint {
  const id = clerk.nextId();
  const eventId = clerk.sale.event.id;
  clerk.books.persons.push({
    id,
    eventId,
    ...whoItIs({ name, email }),
    createdAt,
  });
  return id;
}

/** Ids for the order, its buyer, its lines and their holders. */
async function idsFor({ tx, types }: Sale, plan: readonly PlannedOrder[]): Promise<() => bigint> {
  let count = 0;
  for (const units of plan) {
    count += 2;
    for (const { type } of units) count += 1 + (types[type].draft.passesPerUnit ?? 1);
  }
  const ids = await takeIds(tx, count);
  let next = 0;
  return () => at(ids, next++);
}

const granted: Record<CredentialName, number> = { staff: 180, press: 90, exhibitor: 330 };

/** Credentials, granted over the last month. */
export async function grantCredentials({ tx, key, event, types, now }: Sale): Promise<void> {
  const dice = makeDice(7);
  const names = Object.keys(granted) as CredentialName[];
  const typeIds = names.flatMap((name) =>
    Array.from({ length: granted[name] }, () => types[name].id),
  );
  const ids = await takeIds(tx, typeIds.length);
  const holders = ids.map((id, index) => {
    const name = drawName(dice);
    const email = emailOf(name, index);
    return personRow(id, event.id, { name, email });
  });
  const times = saleTimes(typeIds.length, 30, now);
  await insertRows(tx, persons, holders);
  const requests = typeIds.map((typeId, index) => ({
    typeId,
    holderId: at(ids, index),
    orderLineId: null,
    seatId: null,
    issuedAt: at(times, index),
  }));
  await issuePasses(tx, key, requests, now);
}

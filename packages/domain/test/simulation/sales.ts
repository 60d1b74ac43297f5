import {
  askedUnits,
  available,
  giveSeats,
  makeId,
  planSplit,
  receiveUnits,
  unitsToAsk,
  type PassId,
  type Stock,
} from '../../src/index.ts';
import type { SalesBody, Ticket } from './facts.ts';
import { endPass } from './passes.ts';
import { soldTypes } from './scene.ts';
import { passRow, type Hold, type Payment, type Store } from './store.ts';
import { writeSales } from './transact.ts';
import { random, type World } from './world.ts';

const stockOf = (store: Store, typeNo: number): Stock => {
  const stock = store.stocks[typeNo];
  if (stock === undefined) throw new Error(`no type ${typeNo}`);
  return stock;
};

/** A buyer puts units, or the seats that are free, into the cart. */
export function hold(store: Store, typeNo: number, units: number): void {
  const stock = stockOf(store, typeNo);
  if (available(stock) < units) return;
  const isSeated = soldTypes[typeNo]?.isSeated === true;
  const seats = isSeated ? [...store.freeSeats].slice(0, units) : [];
  if (isSeated && seats.length < units) return;
  for (const seat of seats) store.freeSeats.delete(seat);
  store.stocks[typeNo] = { ...stock, held: stock.held + units };
  store.holds.push({ typeNo, units, seats });
}

function takeHold(store: Store, index: number): Hold | undefined {
  const [taken] = store.holds.splice(index % Math.max(1, store.holds.length), 1);
  return taken;
}

export function releaseHold(store: Store, index: number): void {
  const taken = takeHold(store, index);
  if (taken === undefined) return;
  const stock = stockOf(store, taken.typeNo);
  store.stocks[taken.typeNo] = { ...stock, held: stock.held - taken.units };
  for (const seat of taken.seats) store.freeSeats.add(seat);
}

/** The money of a hold came: its tickets are made. */
export function payHold(world: World, store: Store, index: number): void {
  const taken = takeHold(store, index);
  if (taken === undefined) return;
  const { typeNo, units, seats } = taken;
  const stock = stockOf(store, typeNo);
  store.stocks[typeNo] = { ...stock, held: stock.held - units, sold: stock.sold + units };
  const tickets = Array.from({ length: units }, (_, i): Ticket => {
    store.counter += 1;
    const passId = makeId<PassId>(store.site.no, BigInt(store.counter));
    const mediumNo = world.core.nextMediumNo(0, store.site.kind) ?? 0;
    return { passId, seat: seats[i] ?? null, mediumNo };
  });
  const paymentId = random(world);
  writeSales(world, store, { kind: 'sold', paymentId, typeNo, tickets });
  applySold(store, store.site.no, { kind: 'sold', paymentId, typeNo, tickets });
  world.truth.sell({ paymentId, typeNo, tickets: [...tickets], refunds: 0 });
}

export function applySold(
  store: Store,
  author: number,
  body: Extract<SalesBody, { kind: 'sold' }>,
): void {
  const { paymentId, typeNo, tickets } = body;
  const payment = paymentRow(store, paymentId);
  payment.site = author;
  payment.typeNo = typeNo;
  payment.tickets = tickets.map(({ passId, seat }) => ({ passId, seat }));
  for (const { passId, seat, mediumNo } of tickets) {
    const row = passRow(store, passId);
    row.typeNo = typeNo;
    row.seat = seat;
    row.paymentId = paymentId;
    row.mediumNo = Math.max(row.mediumNo, mediumNo);
  }
  if (author !== store.site.no) changePartnerFree(store, typeNo, -tickets.length);
}

export function paymentRow(store: Store, paymentId: string): Payment {
  const known = store.payments.get(paymentId);
  if (known !== undefined) return known;
  const payment: Payment = { site: 0, refund: 'none', typeNo: 0, tickets: [] };
  store.payments.set(paymentId, payment);
  return payment;
}

function changePartnerFree(store: Store, typeNo: number, units: number): void {
  store.partnerFree[typeNo] = Math.max(0, (store.partnerFree[typeNo] ?? 0) + units);
}

/** Somebody at this site wants the money of an order back. */
export function refund(world: World, store: Store, paymentId: string): void {
  const payment = paymentRow(store, paymentId);
  if (payment.site === 0) return;
  const step = world.core.refundStep(store.site.no, payment);
  if (step === 'nothing') return;
  for (const { passId } of payment.tickets) endPass(world, store, passId, 'refunded');
  if (step === 'carry_out') return carryOutRefund(world, store, paymentId);
  payment.refund = 'asked';
  writeSales(world, store, { kind: 'refund_asked', paymentId });
}

/** The money goes back, and what it had bought is free here again. */
export function carryOutRefund(world: World, store: Store, paymentId: string): void {
  const payment = paymentRow(store, paymentId);
  payment.refund = 'carried_out';
  writeSales(world, store, { kind: 'refund_carried_out', paymentId });
  world.truth.refund(paymentId);
  const units = payment.tickets.length;
  const stock = stockOf(store, payment.typeNo);
  store.stocks[payment.typeNo] = { ...stock, sold: stock.sold - units };
  for (const { seat } of payment.tickets) if (seat !== null) store.freeSeats.add(seat);
}

/** Units, or seats, go to the other site, at most so many. */
export function give(world: World, store: Store, typeNo: number, units: number): void {
  const { partner } = store;
  const stock = stockOf(store, typeNo);
  const most = Math.min(units, available(stock));
  if (partner === null || most < 1) return;
  const isSeated = soldTypes[typeNo]?.isSeated === true;
  const wanted = isSeated ? [...store.freeSeats].slice(0, most) : [];
  const { seats } = giveSeats(stock, store.freeSeats, wanted);
  const count = isSeated ? seats.length : most;
  if (count < 1) return;
  const rest = world.core.giveUnits(stock, count);
  if ('refused' in rest) return;
  store.stocks[typeNo] = rest;
  for (const seat of seats) store.freeSeats.delete(seat);
  changePartnerFree(store, typeNo, count);
  writeSales(world, store, { kind: 'units_given', to: partner.no, typeNo, units: count, seats });
}

export function applyGiven(store: Store, body: Extract<SalesBody, { kind: 'units_given' }>): void {
  if (body.to !== store.site.no) return;
  store.stocks[body.typeNo] = receiveUnits(stockOf(store, body.typeNo), body.units);
  for (const seat of body.seats) store.freeSeats.add(seat);
  changePartnerFree(store, body.typeNo, -body.units);
}

export function answerAsk(
  world: World,
  store: Store,
  body: Extract<SalesBody, { kind: 'units_asked' }>,
): void {
  if (body.to !== store.site.no) return;
  give(world, store, body.typeNo, askedUnits(stockOf(store, body.typeNo), body.units, 0));
}

const splitRules = { venueShare: null, unitsKept: 1, inertia: 1, slack: 0.1 };

/** The cloud looks at the split of a type. */
export function plan(world: World, store: Store, typeNo: number, luck: number): void {
  if (store.partner === null) return;
  const cloud = { free: available(stockOf(store, typeNo)), soldLately: luck % 7 };
  const venue = { free: store.partnerFree[typeNo] ?? 0, soldLately: luck % 5 };
  const step = planSplit(cloud, venue, splitRules);
  if (step.kind === 'give') give(world, store, typeNo, step.units);
  if (step.kind === 'ask_back') ask(world, store, typeNo, step.units);
}

/** A buyer here wants more than there is. */
export function askForUnits(world: World, store: Store, typeNo: number): void {
  const units = unitsToAsk(available(stockOf(store, typeNo)), 2, splitRules);
  if (units > 0) ask(world, store, typeNo, units);
}

function ask(world: World, store: Store, typeNo: number, units: number): void {
  if (store.partner === null) return;
  writeSales(world, store, { kind: 'units_asked', to: store.partner.no, typeNo, units });
}

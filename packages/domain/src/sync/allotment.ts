import { assert } from '../assert.ts';
import { available, type Stock } from '../stock/stock.ts';

/*
 * A site sells only what is allotted to it: its own stock. What moves to the other site belongs to nobody on the way: the
 * giver has less from the transaction that writes the fact, the receiver has more from the one that takes it. So what both may
 * sell never adds up to more than the capacity, whatever is lost or late in between (SPEC Y-10).
 */

export interface NotFree {
  readonly refused: 'not_free';
}

/** The giver's stock once `units` (1 and more) are on their way; refused when fewer are free. */
export function giveUnits(stock: Stock, units: number): Stock | NotFree {
  assert(Number.isInteger(units) && units >= 1, 'at least one unit is given');
  if (units > available(stock)) return { refused: 'not_free' };
  return { ...stock, quantity: stock.quantity - units };
}

/** The receiver's stock with `units` (1 and more) that came. */
export function receiveUnits(stock: Stock, units: number): Stock {
  assert(Number.isInteger(units) && units >= 1, 'at least one unit is received');
  return { ...stock, quantity: stock.quantity + units };
}

/** What a site gives that is asked for `units` (0 and more): as many as it has free beyond `keep`. It may be 0. */
export function askedUnits(stock: Stock, units: number, keep: number): number {
  return Math.max(0, Math.min(units, available(stock) - keep));
}

export interface GivenSeats<Seat> {
  /** The giver's stock without the units of these seats. */
  readonly stock: Stock;
  readonly seats: readonly Seat[];
}

/**
 * The seats of `wanted` that this site has and nobody claims, with their units. `free`: the seats allotted to this site
 * without a claim, held or sold. A seat is one unit of its type, so no more go than units are free.
 */
export function giveSeats<Seat>(
  stock: Stock,
  free: ReadonlySet<Seat>,
  wanted: Iterable<Seat>,
): GivenSeats<Seat> {
  const seats = [...new Set(wanted)].filter((seat) => free.has(seat)).slice(0, available(stock));
  return { stock: { ...stock, quantity: stock.quantity - seats.length }, seats };
}

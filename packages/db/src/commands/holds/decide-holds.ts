import type { HoldRow } from '../locks.ts';
import type { HoldLine, HoldRequest } from './hold-request.ts';
import { refuseBySingles, type SeatOfRow } from './row-seats.ts';
import { codeOf, covers, isUsable, leftOf, type VoucherRow } from '../vouchers-in-sale.ts';
import { refuseByOffer, type Offer, type OfferRefusal } from './read-offer.ts';

export type HoldRefusal =
  | OfferRefusal
  /** No line, a quantity below one, the same type or seat twice, or too many lines. */
  | { ok: false; code: 'malformed' }
  /** The hold to be replaced is of another event, and is to be kept. */
  | { ok: false; code: 'other_event' }
  /** Of the whole event one network may have `max` units, and has so many already. */
  | { ok: false; code: 'over_limit'; kind: 'network'; max: number; have: number }
  /** `taken`: those of the seats asked for that others have, where seats were asked for. */
  | { ok: false; code: 'sold_out'; typeId: bigint; taken?: bigint[] }
  | { ok: false; code: 'not_enough'; typeId: bigint; available: number; taken?: bigint[] }
  | { ok: false; code: 'seat_taken'; seatIds: bigint[] }
  /** Seats that are not of this type, or that this site may not sell. */
  | { ok: false; code: 'unknown_seat'; seatIds: bigint[] }
  /** The choice would leave these seats alone, and a better one is there in their row (H-3). */
  | { ok: false; code: 'single_seats'; seatIds: bigint[] }
  /** No such code, or not now. */
  | { ok: false; code: 'unknown_code' }
  /** The code may be used for so many units more. */
  | { ok: false; code: 'code_used_up'; left: number }
  /** Too many people want the same rows at this moment; nothing was changed. */
  | { ok: false; code: 'busy' };

/** A request with its instant, whose lines make sense. */
export interface HoldWish {
  request: HoldRequest;
  now: Date;
  lines: HoldLine[];
}

/** A hold that another takes the place of, with its lines, locked. */
export interface ReplacedHold {
  row: HoldRow;
  units: { typeId: bigint; quantity: number }[];
}

/** What wishes are decided on. Read under the locks; `decideHolds` keeps it in step with what it grants. */
export interface SaleState {
  offers: ReadonlyMap<bigint, Offer>;
  /** By public id; those that have ended are in it too. */
  replaced: Map<string, ReplacedHold>;
  /** Units of each type that are neither held nor sold. A type that this site may not sell is missing. */
  free: Map<bigint, number>;
  /** The capacity that a type shares with others; one that shares none is missing. */
  poolOf: ReadonlyMap<bigint, bigint>;
  /** Units that are left of each capacity that is shared. */
  poolFree: Map<bigint, number>;
  /** The type of each seat asked for that this site may sell. */
  seatTypes: ReadonlyMap<bigint, bigint>;
  /** The whole row of each seat asked for, where none may be left alone. */
  rows: ReadonlyMap<bigint, readonly SeatOfRow[]>;
  /** The hold that has a seat; null when it is sold. A free seat is missing. */
  claims: Map<bigint, bigint | null>;
  /** Codes that were typed, by `voucherName`, whether or not they are to be used now. */
  vouchers: ReadonlyMap<string, VoucherRow>;
  /** Units a network has of an event: see `networkName`. */
  networks: Map<string, number>;
}

export type HoldDecision =
  { ok: true; wish: HoldWish; offer: Offer; ends: ReplacedHold | undefined } | HoldRefusal;

export function networkName(eventId: bigint, key: Uint8Array): string {
  return `${eventId}/${Buffer.from(key).toString('hex')}`;
}

/**
 * What may be asked for, before what there is: what can be said without looking at the stock.
 * `other_event` comes first, since the buyer is asked before anything else.
 */
export function refuseEarly(
  wish: HoldWish,
  { offers, replaced, vouchers }: Pick<SaleState, 'offers' | 'replaced' | 'vouchers'>,
): HoldRefusal | undefined {
  const { request, lines, now } = wish;
  const other = request.replaces === undefined ? undefined : replaced.get(request.replaces)?.row;
  if (request.keepsOther && other && isLiving(other, now) && other.eventId !== request.eventId)
    return { ok: false, code: 'other_event' };
  const offer = offers.get(request.eventId);
  if (!offer) return { ok: false, code: 'unknown_event' };
  const voucher = voucherOf(wish, vouchers);
  if (request.code && (!voucher || !isUsable(voucher, now)))
    return { ok: false, code: 'unknown_code' };
  return refuseByOffer(offer, wish, voucher) ?? refuseByCode(lines, voucher);
}

/** The code of a wish, if there is such a one. */
export function voucherOf(
  { request }: HoldWish,
  vouchers: SaleState['vouchers'],
): VoucherRow | undefined {
  return request.code
    ? vouchers.get(voucherName(request.eventId, codeOf(request.code)))
    : undefined;
}

export function voucherName(eventId: bigint, code: string): string {
  return `${eventId}/${code}`;
}

/** Looked at before it counts, so that nobody fills in a checkout for nothing: the checkout reserves them. */
function refuseByCode(
  lines: readonly HoldLine[],
  voucher: VoucherRow | undefined,
): HoldRefusal | undefined {
  const left = voucher && leftOf(voucher);
  if (!voucher || left === null || left === undefined) return undefined;
  const units = unitsOf(lines.filter(({ typeId }) => covers(voucher, typeId)));
  return units > left ? { ok: false, code: 'code_used_up', left } : undefined;
}

function isLiving({ state, expiresAt }: HoldRow, now: Date): boolean {
  return state === 'active' && now < expiresAt;
}

/**
 * Decides each wish on what the ones before it leave, as if they had come one by one. Changes `state` with each that is
 * granted; a refused one changes nothing.
 */
export function decideHolds(wishes: readonly HoldWish[], state: SaleState): HoldDecision[] {
  return wishes.map((wish) => {
    const offer = state.offers.get(wish.request.eventId);
    if (!offer) return { ok: false, code: 'unknown_event' };
    const { replaces } = wish.request;
    const replaced = replaces === undefined ? undefined : state.replaced.get(replaces);
    const ends = replaced?.row.state === 'active' ? replaced : undefined;
    const refusal =
      refuseByLimit(wish, offer, ends, state) ??
      refuseByStock(wish, ends, state) ??
      refuseBySeats(wish, ends, state) ??
      refuseBySingles(wish, ends, state);
    if (refusal) return refusal;
    if (ends) giveBack(ends, wish.now, state);
    take(wish, state);
    return { ok: true, wish, offer, ends };
  });
}

function refuseByLimit(
  { request, lines, now }: HoldWish,
  { unitsPerNetworkMax: max }: Offer,
  ends: ReplacedHold | undefined,
  { networks }: SaleState,
): HoldRefusal | undefined {
  if (max === null || !request.networkKey) return undefined;
  const name = networkName(request.eventId, request.networkKey);
  const returned = ends && nameOf(ends, now) === name ? unitsOf(ends.units) : 0;
  const have = (networks.get(name) ?? 0) - returned;
  if (have + unitsOf(lines) <= max) return undefined;
  return { ok: false, code: 'over_limit', kind: 'network', max, have };
}

function refuseByStock(
  { lines }: HoldWish,
  ends: ReplacedHold | undefined,
  { free, poolOf, poolFree, claims }: SaleState,
): HoldRefusal | undefined {
  const gone = takenSeats(lines, ends, claims);
  const taken = gone.length > 0 && { taken: gone };
  // What the lines before leave of a capacity that several of them share.
  const left = new Map(poolFree);
  const add = (typeId: bigint, units: number) => {
    const pool = poolOf.get(typeId);
    if (pool !== undefined) left.set(pool, (left.get(pool) ?? 0) + units);
  };
  for (const { typeId, quantity } of ends?.units ?? []) add(typeId, quantity);
  for (const { typeId, quantity } of lines) {
    const returned = ends?.units.find((unit) => unit.typeId === typeId)?.quantity ?? 0;
    const pool = poolOf.get(typeId);
    const shared = pool === undefined ? Infinity : (left.get(pool) ?? 0);
    const available = Math.min((free.get(typeId) ?? 0) + returned, shared);
    if (available === 0) return { ok: false, code: 'sold_out', typeId, ...taken };
    if (available < quantity) return { ok: false, code: 'not_enough', typeId, available, ...taken };
    add(typeId, -quantity);
  }
  return undefined;
}

function refuseBySeats(
  { lines }: HoldWish,
  ends: ReplacedHold | undefined,
  { seatTypes, claims }: SaleState,
): HoldRefusal | undefined {
  const unknown = lines.flatMap(({ typeId, seatIds }) =>
    seatIds.filter((id) => seatTypes.get(id) !== typeId),
  );
  if (unknown.length > 0) return { ok: false, code: 'unknown_seat', seatIds: unknown };
  const taken = takenSeats(lines, ends, claims);
  return taken.length > 0 ? { ok: false, code: 'seat_taken', seatIds: taken } : undefined;
}

/** The seats of these lines that somebody else has. */
function takenSeats(
  lines: readonly HoldLine[],
  ends: ReplacedHold | undefined,
  claims: SaleState['claims'],
): bigint[] {
  return lines
    .flatMap(({ seatIds }) => seatIds)
    .filter((id) => claims.has(id) && (ends === undefined || claims.get(id) !== ends.row.id));
}

function giveBack(ends: ReplacedHold, now: Date, state: SaleState): void {
  const { claims, networks } = state;
  const name = nameOf(ends, now);
  ends.row.state = 'released';
  for (const { typeId, quantity } of ends.units) addFree(state, typeId, quantity);
  for (const [seatId, holdId] of claims) if (holdId === ends.row.id) claims.delete(seatId);
  if (name !== undefined) networks.set(name, (networks.get(name) ?? 0) - unitsOf(ends.units));
}

function take({ request, lines }: HoldWish, state: SaleState): void {
  const { claims, networks } = state;
  for (const { typeId, quantity, seatIds } of lines) {
    addFree(state, typeId, -quantity);
    for (const seatId of seatIds) claims.set(seatId, null);
  }
  if (!request.networkKey) return;
  const name = networkName(request.eventId, request.networkKey);
  networks.set(name, (networks.get(name) ?? 0) + unitsOf(lines));
}

/** Units of a type, and of the capacity that it shares. */
function addFree({ free, poolOf, poolFree }: SaleState, typeId: bigint, units: number): void {
  free.set(typeId, (free.get(typeId) ?? 0) + units);
  const pool = poolOf.get(typeId);
  if (pool !== undefined) poolFree.set(pool, (poolFree.get(pool) ?? 0) + units);
}

/** Whose units a hold counts among: nobody's, once it is past its time. */
function nameOf({ row }: ReplacedHold, now: Date): string | undefined {
  return row.networkKey && isLiving(row, now)
    ? networkName(row.eventId, row.networkKey)
    : undefined;
}

function unitsOf(lines: readonly { quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

import { at } from '../../commands/ids.ts';
import { makeDice, type Dice } from './random.ts';
import type { TicketName } from './types.ts';

/** Units sold of each type: with five passes to a group, 20,000 passes. Of 2,000 seats, 1,200. */
export const soldUnits: Record<TicketName, number> = {
  oneDay: 6000,
  threeDays: 7000,
  vip: 800,
  reserved: 1200,
  child: 2000,
  group: 600,
};

export interface PlannedUnit {
  type: TicketName;
  /** Where in the auditorium, counted as `auditoriumSeats` does. */
  seat?: number;
}

/** What one buyer takes: a few units of a type, and perhaps children along. */
export type PlannedOrder = PlannedUnit[];

/** Who buys how many at once: mostly two. */
const partySizes = [1, 1, 2, 2, 2, 2, 3, 4, 4, 5];
const bringsChildren = 0.3;

/** Orders that add up to `soldUnits` exactly, in a random order that is always the same. */
export function planSales(rowLengths: readonly number[]): PlannedOrder[] {
  const dice = makeDice(2_112);
  const children = { left: soldUnits.child };
  const orders = [
    ...seatedParties(dice, rowLengths).map((seats) =>
      seats.map((seat) => ({ type: 'reserved', seat }) as const),
    ),
    ...parties(dice, 'oneDay'),
    ...parties(dice, 'threeDays'),
    ...parties(dice, 'vip'),
    ...Array.from({ length: soldUnits.group }, () => [{ type: 'group' }] as const),
  ].map((party) => [...party, ...childrenOf(dice, party, children)]);
  const rest = Array.from({ length: children.left }, () => [{ type: 'child' } as const]);
  return dice.shuffle([...orders, ...rest]);
}

function parties(dice: Dice, type: TicketName): PlannedOrder[] {
  const orders: PlannedOrder[] = [];
  for (let left = soldUnits[type]; left > 0;) {
    const size = Math.min(dice.pick(partySizes), left);
    orders.push(Array.from({ length: size }, () => ({ type })));
    left -= size;
  }
  return orders;
}

const childrenMax = 3;

function childrenOf(
  dice: Dice,
  party: readonly PlannedUnit[],
  children: { left: number },
): PlannedOrder {
  const mayHave = party.some(({ type }) => type === 'oneDay' || type === 'threeDays');
  if (!mayHave || dice.fraction() > bringsChildren) return [];
  const count = Math.min(1 + dice.below(childrenMax), children.left);
  children.left -= count;
  return Array.from({ length: count }, () => ({ type: 'child' }));
}

/** Parties on neighbouring seats, the front of the house fuller than its back, with single seats left between some. */
function seatedParties(dice: Dice, rowLengths: readonly number[]): number[][] {
  const wanted: { seats: number[]; rank: number }[] = [];
  let first = 0;
  for (const [row, length] of rowLengths.entries()) {
    for (let seat = dice.below(2); seat < length;) {
      const size = Math.min(dice.pick(partySizes), length - seat);
      const seats = Array.from({ length: size }, (_, index) => first + seat + index);
      wanted.push({ seats, rank: row / rowLengths.length + dice.fraction() });
      seat += size + (dice.fraction() < 0.25 ? 1 : 0);
    }
    first += length;
  }
  const parties: number[][] = [];
  let left = soldUnits.reserved;
  for (const { seats } of wanted.sort((a, b) => a.rank - b.rank)) {
    if (left === 0) break;
    const taken = seats.slice(0, left);
    parties.push(taken);
    left -= taken.length;
  }
  return parties;
}

const dayMs = 86_400_000;

/** When each order was placed: in order of time over the days before now, more of them the nearer the event. */
export function saleTimes(count: number, days: number, now: Date): Date[] {
  const dice = makeDice(1_984);
  const times = Array.from({ length: count }, () => {
    const ago = dice.fraction() ** 1.7 * days * dayMs;
    return now.getTime() - 60_000 - ago;
  }).sort((a, b) => a - b);
  return times.map((_, index) => new Date(at(times, index)));
}

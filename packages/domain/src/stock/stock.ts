import { assert } from '../assert.ts';

/** Units of a type that one site alone may sell. `held` and `sold` never exceed `quantity` (SPEC S-1). */
export interface Stock {
  readonly quantity: number;
  readonly held: number;
  readonly sold: number;
}

/** Units that may still be held, never negative. */
export function available(stock: Stock): number {
  assert(stock.held >= 0 && stock.sold >= 0, 'nobody holds or bought less than nothing');
  const rest = stock.quantity - stock.held - stock.sold;
  assert(rest >= 0, `oversold: ${stock.held} held and ${stock.sold} sold of ${stock.quantity}`);
  return rest;
}

/** Why stock is not given. `too_many`: more than one order may have. `sold_out`: none left. `not_enough`: fewer than asked for. */
export type StockRefusal = 'too_many' | 'sold_out' | 'not_enough';

/** Whether `units` can be held for an order that may have `unitsPerOrderMax` of them; undefined is yes. */
export function stockRefusal(
  stock: Stock,
  units: number,
  unitsPerOrderMax: number,
): StockRefusal | undefined {
  assert(Number.isInteger(units) && units > 0, 'one asks for at least one unit');
  if (units > unitsPerOrderMax) return 'too_many';
  const rest = available(stock);
  if (rest === 0) return 'sold_out';
  return units > rest ? 'not_enough' : undefined;
}

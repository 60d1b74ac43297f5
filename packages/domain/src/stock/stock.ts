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

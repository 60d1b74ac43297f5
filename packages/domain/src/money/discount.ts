/** What a code does to the price of a unit; an `access` code does nothing to it. */
export interface Discount {
  readonly kind: 'access' | 'percent' | 'amount' | 'price';
  /** Whole percents, minor units that go off, or the price itself in minor units. */
  readonly value: number;
}

/** Minor units that go off a price: never more than it, and a fixed price never raises one. Half a unit is the buyer's. */
export function discountOf({ kind, value }: Discount, priceMinor: number): number {
  switch (kind) {
    case 'access':
      return 0;
    case 'percent':
      return Math.min(priceMinor, Math.ceil((priceMinor * value) / 100));
    case 'amount':
      return Math.min(priceMinor, value);
    case 'price':
      return Math.max(0, priceMinor - value);
  }
}

/** The tax within an amount that has it already, to the nearest minor unit. `basisPoints`: hundredths of a percent. */
export function taxWithin(grossMinor: number, basisPoints: number): number {
  return Math.round((grossMinor * basisPoints) / (10_000 + basisPoints));
}

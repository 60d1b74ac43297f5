/** The share of the golden section: the stride that comes back near a place as late as possible. */
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * An order in which each of `size` passes comes exactly once, and neighbours in it lie far from each other: pass
 * `rank * stride % size`, where stride and size have no common divisor. A walk in the order of the keys would
 * flatter a large table, whose pages it reads one after the other; here a page is met again only when all others were.
 * SQL walks the same way (`database/fill-log.ts`).
 */
export class Permutation {
  readonly size: number;
  readonly stride: number;

  /** `size`: up to 90 million, so that `rank * stride` is an exact number. */
  constructor(size: number) {
    this.size = size;
    this.stride = strideOf(size);
  }

  /** The pass at a place of the walk; both count from 0. */
  at(rank: number): number {
    return (rank * this.stride) % this.size;
  }
}

function strideOf(size: number): number {
  let stride = Math.max(1, Math.round(size * golden));
  while (commonDivisor(stride, size) !== 1) stride += 1;
  return stride;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

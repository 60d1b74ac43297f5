import { assert } from '../assert.ts';

/** Highest number a mask holds: areas and days of an event are numbered 1 to 16. */
export const maskNoMax = 16;

/** The set of these numbers, 1 to 16, as bits: bit i is number i + 1. */
export function maskOf(numbers: Iterable<number>): number {
  let mask = 0;
  for (const no of numbers) {
    assert(Number.isInteger(no) && no >= 1 && no <= maskNoMax, `${no} is not 1..${maskNoMax}`);
    mask |= 1 << (no - 1);
  }
  return mask;
}

/** The numbers in a mask, ascending. */
export function numbersOf(mask: number): number[] {
  const numbers: number[] = [];
  for (let no = 1; no <= maskNoMax; no++) {
    if (maskHas(mask, no)) numbers.push(no);
  }
  return numbers;
}

export function maskHas(mask: number, no: number): boolean {
  return no >= 1 && no <= maskNoMax && (mask & (1 << (no - 1))) !== 0;
}

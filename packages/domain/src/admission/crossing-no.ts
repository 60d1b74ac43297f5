import { assert } from '../assert.ts';

/** A crossing's number is `epoch * crossingsPerEpoch + k`, k from 1: two authorities never number alike (SPEC A-10). */
export const crossingsPerEpoch = 65_536;

/** The numbers of this epoch still fit the 31 bits of a database's integer. */
export const epochMax = 32_766;

/** The epoch a crossing was judged in. 0 is the first, and the epoch of "no crossing yet". */
export function epochOf(crossingNo: number): number {
  return Math.floor(crossingNo / crossingsPerEpoch);
}

/**
 * The number of the crossing after `lastNo` (0 for none), judged in `epoch`. That the judge's epoch is not over is asked where
 * the pass is read: a last crossing of a later epoch is a bug.
 */
export function nextCrossingNo(lastNo: number, epoch: number): number {
  const base = epoch * crossingsPerEpoch;
  const no = (lastNo > base ? lastNo : base) + 1;
  assert(no < base + crossingsPerEpoch, `crossing ${lastNo} cannot be followed in epoch ${epoch}`);
  return no;
}

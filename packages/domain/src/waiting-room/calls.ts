import { assert } from '../assert.ts';
import { callsCarriedMs } from './limits.ts';

const minuteMs = 60_000;

/** Calls made so far ahead were made by a clock that was wrong; clocks that are right differ by less. */
const clockSetBackMs = 60_000;

export interface CallingRoom {
  /** Called in a minute, at most. */
  readonly perMinuteMax: number;
  /** In the shop at the same time, at most. */
  readonly shoppersMax: number;
  /** Places that wait for their call. */
  readonly waiting: number;
  /** Places whose turn it is: called, and neither bought nor let their turn pass. */
  readonly shopping: number;
  /** The instant up to which all calls were made (ms); null before the first. */
  readonly calledUntil: number | null;
}

/**
 * How many places to call now (SPEC W-5 to W-7), and up to which instant all calls are made then: what is left of a call is
 * carried over, so that forty a minute are forty a minute however often somebody looks.
 */
export function callsDue(room: CallingRoom, now: number): { calls: number; calledUntil: number } {
  assert(room.perMinuteMax > 0 && room.waiting >= 0, 'a room calls somebody, and nobody owes it');
  const msPerCall = minuteMs / room.perMinuteMax;
  const carriedMs = Math.max(callsCarriedMs, msPerCall);
  // The first one is called at once.
  const until = room.calledUntil ?? now - msPerCall;
  const from = until - now > clockSetBackMs ? now : Math.max(until, now - carriedMs);
  const byRate = Math.max(0, Math.floor((now - from) / msPerCall + 1e-9));
  const byRoom = Math.max(0, room.shoppersMax - room.shopping);
  const calls = Math.min(byRate, byRoom, room.waiting);
  // Whole milliseconds, rounded so that the pace is never exceeded.
  return { calls, calledUntil: Math.ceil(from + calls * msPerCall) };
}

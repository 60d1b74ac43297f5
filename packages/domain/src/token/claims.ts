import type { EventId, PassId } from '../ids/brands.ts';
import type { EntryPolicy } from '../admission/entry-policy.ts';

/** What a token says of its pass: enough to judge it with no network. Sizes are those of the 31 bytes it is packed in. */
export interface PassClaims {
  /** Which key signed: site number << 8 | the site's counter of keys, from 256 to 65,535. */
  readonly keyId: number;
  readonly eventId: EventId;
  readonly passId: PassId;
  /** `no` of the ticket or credential type in its event, 1 to 65,535. */
  readonly typeNo: number;
  /** `no` of the medium of its pass, 1 to 255: a reissued code has the next one. */
  readonly mediumNo: number;
  readonly policy: EntryPolicy;
  /** Areas the type opens at some time, as `maskOf` their numbers 1 to 16. */
  readonly areas: number;
  /** Event days the type is for, as `maskOf` their numbers 1 to 16. */
  readonly days: number;
  /** Whole minutes since 2024-01-01T00:00Z (`tokenMinuteOf`). */
  readonly issuedAt: number;
}

/** Raised when the bytes of the claims change. A reader knows the versions it has code for. */
export const tokenVersion = 1;

export const keyIdMin = 0x0100;
export const keyIdMax = 0xffff;
export const typeNoMax = 0xffff;
export const mediumNoMax = 0xff;
export const issuedAtMax = 0xffff_ffff;

const tokenEpochMs = Date.UTC(2024, 0, 1);
const minuteMs = 60_000;

/** The whole minute of an instant (ms since 1970), counted as tokens count. */
export function tokenMinuteOf(instant: number): number {
  return Math.floor((instant - tokenEpochMs) / minuteMs);
}

/** The instant (ms since 1970) at which a token minute begins. */
export function instantOfTokenMinute(minute: number): number {
  return tokenEpochMs + minute * minuteMs;
}

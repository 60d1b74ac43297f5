import type { Venue } from '@catraca/db/gate';
import { isAdmission, type VenueRules } from '@catraca/domain';
import {
  aloneAheadMaxMs,
  aloneBeforeEventMaxMs,
  type RefusedMessage,
  type ScanRequest,
} from '@catraca/protocol';

type Problem = Pick<RefusedMessage, 'code' | 'message'>;

/** Why what a device says it decided alone cannot have been so; undefined where it can, and for every other scan. */
export function claimProblem(
  { direction, alone }: ScanRequest,
  { rules }: Pick<Venue, 'rules'>,
  now: number,
): Problem | undefined {
  if (alone === undefined) return undefined;
  const green = direction === 'entry' ? 'admitted' : 'exited';
  if (isAdmission(alone.verdict) && alone.verdict !== green) {
    return { code: 'malformed', message: 'alone.verdict: not of this direction' };
  }
  const at = Date.parse(alone.at);
  if (at > now + aloneAheadMaxMs) return { code: 'wrong_time', message: 'alone.at: to come' };
  if (at < beginOf(rules) - aloneBeforeEventMaxMs) {
    return { code: 'wrong_time', message: 'alone.at: before the event' };
  }
  return undefined;
}

/** The first day or window; of an event without any nothing is too old. */
function beginOf({ days, types }: VenueRules): number {
  const windows = [...types.values()].flatMap(({ entitlements }) => entitlements);
  const starts = [...days, ...windows].map(({ startsAt }) => startsAt);
  return starts.length === 0 ? -Infinity : Math.min(...starts);
}

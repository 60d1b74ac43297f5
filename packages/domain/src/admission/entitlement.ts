import type { AreaId } from '../ids/brands.ts';
import { dayAt, type EventDay } from '../venue/days.ts';
import type { Entitlement } from './types.ts';

/** Why a type does not open an area at an instant. */
export type EntitlementRefusal = 'wrong_area' | 'wrong_day' | 'not_yet_valid' | 'expired';

/** Whether the windows of an area contain the instant; undefined is yes. `entitlements` in order of their start. */
export function entitlementRefusal(
  days: readonly EventDay[],
  entitlements: readonly Entitlement[],
  areaId: AreaId,
  at: number,
): EntitlementRefusal | undefined {
  let firstStart = Infinity;
  let lastEnd = -Infinity;
  for (const window of entitlements) {
    if (window.areaId !== areaId) continue;
    if (window.startsAt <= at && at < window.endsAt) return undefined;
    firstStart = Math.min(firstStart, window.startsAt);
    lastEnd = Math.max(lastEnd, window.endsAt);
  }
  if (lastEnd === -Infinity) return 'wrong_area';
  if (isForAnotherDay(days, entitlements, areaId, at)) return 'wrong_day';
  if (at < firstStart) return 'not_yet_valid';
  return at >= lastEnd ? 'expired' : 'wrong_day';
}

/** Now is within an event day on which the type does not open the area, and it does on another. */
function isForAnotherDay(
  days: readonly EventDay[],
  entitlements: readonly Entitlement[],
  areaId: AreaId,
  at: number,
): boolean {
  const today = dayAt(days, at);
  if (today === undefined) return false;
  const opensOn = (day: EventDay) =>
    entitlements.some(
      (w) => w.areaId === areaId && w.startsAt < day.endsAt && day.startsAt < w.endsAt,
    );
  return !opensOn(today) && days.some(opensOn);
}

/** The window to name to a holder who came at the wrong time: the next one, else the last one there was. */
export function windowToName(
  entitlements: readonly Entitlement[],
  areaId: AreaId,
  at: number,
): Entitlement | null {
  const windows = entitlements.filter((window) => window.areaId === areaId);
  return windows.find((window) => window.startsAt > at) ?? windows.at(-1) ?? null;
}

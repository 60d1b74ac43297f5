/** Minutes a place waits: at least and at most, as well as anybody knows; `to` is null where nobody does. */
export interface WaitEstimate {
  readonly fromMinutes: number;
  readonly toMinutes: number | null;
}

/** The wait may be longer than the last minutes say by this: shoppers take their time as they like. */
const doubt = 1.5;

/**
 * How long `before` places take (SPEC W-12): no less than at the room's own pace, no more than at the pace of the last
 * minutes and half as much again. `calledPerMinute` is null while it is not known, and then the room's pace is all there is.
 */
export function estimateWait(
  before: number,
  perMinuteMax: number,
  calledPerMinute: number | null,
): WaitEstimate {
  const best = before / perMinuteMax;
  const fromMinutes = Math.floor(best / stepOf(best)) * stepOf(best);
  const pace = calledPerMinute === null ? perMinuteMax : Math.min(calledPerMinute, perMinuteMax);
  if (pace <= 0) return { fromMinutes, toMinutes: null };
  const worst = (before / pace) * doubt;
  const toMinutes = Math.max(1, Math.ceil(worst / stepOf(worst)) * stepOf(worst));
  return { fromMinutes, toMinutes };
}

/** Nobody believes 43 minutes. */
function stepOf(minutes: number): number {
  if (minutes < 10) return 1;
  return minutes < 60 ? 5 : 15;
}

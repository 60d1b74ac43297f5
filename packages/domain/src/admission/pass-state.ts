import type { AreaId } from '../ids/brands.ts';
import { countingDayNo } from '../venue/days.ts';
import type { Crossing, VenueRules } from './types.ts';

/** What the last crossing means at an instant: the same facts, with the day that has begun since. */
export interface PassState {
  readonly crossingNo: number;
  readonly area: AreaId;
  readonly entries: number;
  readonly day: number;
  readonly dayEntries: number;
  /** Inside by the record, but of an earlier event day: nobody scans everyone out at night. */
  readonly leftInside: boolean;
}

export function passStateAt(rules: VenueRules, last: Crossing | null, at: number): PassState {
  const today = countingDayNo(rules.days, at);
  if (last === null) {
    return {
      crossingNo: 0,
      area: rules.outsideAreaId,
      entries: 0,
      day: today,
      dayEntries: 0,
      leftInside: false,
    };
  }
  const newDay = today > last.day;
  return {
    crossingNo: last.crossingNo,
    area: last.toArea,
    entries: last.entries,
    // A clock that went back must not reopen a day that is over.
    day: newDay ? today : last.day,
    dayEntries: newDay ? 0 : last.dayEntries,
    leftInside: newDay && last.toArea !== rules.outsideAreaId,
  };
}

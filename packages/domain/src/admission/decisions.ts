import type { AreaId } from '../ids/brands.ts';
import type { Admission, Refusal } from '../verdict/verdicts.ts';
import { nextCrossingNo } from './crossing-no.ts';
import type { PassState } from './pass-state.ts';
import type { Admitted, Entitlement, PassFacts, Refused, VenueRules } from './types.ts';

/** A refusal: a fact that is stored like an admission, and moves nobody. */
export function refuse(
  verdict: Refusal,
  pass: PassFacts | null,
  areaId: AreaId | null,
  window: Entitlement | null = null,
): Refused {
  return { verdict, seenNo: pass?.last?.crossingNo ?? 0, areaId, crossing: null, window };
}

/** An admission: the pass's next crossing, from where it truly was. `newEntries`: 1 for an entry into the venue, else 0. */
export function cross(
  rules: VenueRules,
  verdict: Admission,
  state: PassState,
  toArea: AreaId,
  newEntries: 0 | 1,
): Admitted {
  return {
    verdict,
    seenNo: state.crossingNo,
    areaId: toArea,
    crossing: {
      crossingNo: nextCrossingNo(state.crossingNo, rules.epoch),
      fromArea: state.area,
      toArea,
      entries: state.entries + newEntries,
      day: state.day,
      dayEntries: state.dayEntries + newEntries,
    },
    window: null,
  };
}

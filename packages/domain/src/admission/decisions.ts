import type { AreaId } from '../ids/brands.ts';
import type { Admission, Refusal } from '../verdict/verdicts.ts';
import type { PassState } from './pass-state.ts';
import type { Admitted, Entitlement, PassFacts, Refused } from './types.ts';

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
      crossingNo: state.crossingNo + 1,
      fromArea: state.area,
      toArea,
      entries: state.entries + newEntries,
      day: state.day,
      dayEntries: state.dayEntries + newEntries,
    },
    window: null,
  };
}

import type { AreaId } from '../ids/brands.ts';
import type { Checkpoint } from '../venue/graph.ts';
import type { Refusal } from '../verdict/verdicts.ts';
import { cross, refuse } from './decisions.ts';
import { entitlementRefusal, windowToName } from './entitlement.ts';
import type { EntryPolicy } from './entry-policy.ts';
import { passStateAt, type PassState } from './pass-state.ts';
import type { Decision, Occupancy, PassFacts, TypeRules, VenueRules } from './types.ts';

/** A type these rules do not know opens nothing. */
const opensNothing: TypeRules = { policy: { kind: 'once' }, entitlements: [] };

/** Into the checkpoint's `toArea`, for a pass of this event. */
export function decideEntry(
  rules: VenueRules,
  pass: PassFacts,
  deadMedium: boolean,
  checkpoint: Checkpoint,
  at: number,
  occupancy: Occupancy,
): Decision {
  const { toArea } = checkpoint;
  if (deadMedium) return refuse('revoked', pass, toArea);
  if (pass.status !== 'valid') return refuse(pass.status, pass, toArea);

  const { policy, entitlements } = rules.types.get(pass.typeId) ?? opensNothing;
  const notEntitled = entitlementRefusal(rules.days, entitlements, toArea, at);
  if (notEntitled !== undefined) {
    return refuse(notEntitled, pass, toArea, windowToName(entitlements, toArea, at));
  }

  const state = passStateAt(rules, pass.last, at);
  const notNow = usageRefusal(rules, policy, state, checkpoint);
  if (notNow !== undefined) return refuse(notNow, pass, toArea);

  if (pass.needsAttention) return refuse('needs_attention', pass, toArea);
  if (isFull(rules, state.area, toArea, occupancy)) return refuse('area_full', pass, toArea);
  return cross(rules, 'admitted', state, toArea, isEntrance(rules, checkpoint) ? 1 : 0);
}

function isEntrance(rules: VenueRules, checkpoint: Checkpoint): boolean {
  return checkpoint.fromArea === rules.outsideAreaId;
}

/** Why a pass that was used as `state` says may not enter here now; undefined is that it may. */
export function usageRefusal(
  rules: VenueRules,
  policy: EntryPolicy,
  state: PassState,
  checkpoint: Checkpoint,
): Refusal | undefined {
  return isEntrance(rules, checkpoint)
    ? entranceRefusal(policy, state, rules.outsideAreaId)
    : innerRefusal(policy, state, rules.outsideAreaId, checkpoint.toArea);
}

/** At an entrance the entry policy speaks: only entries into the venue are counted. */
function entranceRefusal(
  policy: EntryPolicy,
  state: PassState,
  outside: AreaId,
): Refusal | undefined {
  const inside = state.area !== outside && !state.leftInside;
  switch (policy.kind) {
    case 'once':
      return state.entries > 0 ? 'already_used' : undefined;
    case 'once_per_day':
      return state.dayEntries > 0 ? 'already_used' : undefined;
    case 'reentry':
      return inside ? 'already_inside' : undefined;
    case 'n_times':
      if (state.entries >= policy.n) return 'too_many_entries';
      return inside ? 'already_inside' : undefined;
    case 'unlimited':
      return undefined;
  }
}

/** Further in: from any area inside, since staff do miss a scan, and not where the pass is already. */
function innerRefusal(
  policy: EntryPolicy,
  state: PassState,
  outside: AreaId,
  toArea: AreaId,
): Refusal | undefined {
  if (state.area === outside) return 'not_inside';
  return state.area === toArea && policy.kind !== 'unlimited' ? 'already_inside' : undefined;
}

/** Whether one more person is one too many. Moving within an area adds nobody. */
function isFull(rules: VenueRules, from: AreaId, toArea: AreaId, occupancy: Occupancy): boolean {
  if (from === toArea) return false;
  const capacity = rules.areas.get(toArea)?.capacity ?? null;
  return capacity !== null && (occupancy.get(toArea) ?? 0) >= capacity;
}

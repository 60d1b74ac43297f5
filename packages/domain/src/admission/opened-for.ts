import type { TypeId } from '../ids/brands.ts';
import type { ScanFacts, VenueRules } from './types.ts';

const always = { startsAt: -Infinity, endsAt: Infinity };

/**
 * The rules without what may have been otherwise where a device judged alone: its windows, its checkpoint's directions, capacities.
 * By them a scan of a good pass of this type is refused for how the pass was used, or not at all.
 */
export function openedFor(
  rules: VenueRules,
  { checkpointId }: ScanFacts,
  typeId: TypeId,
): VenueRules {
  const checkpoint = rules.checkpoints.get(checkpointId);
  if (checkpoint === undefined) return rules;
  const policy = rules.types.get(typeId)?.policy ?? { kind: 'once' };
  const entitlements = [{ areaId: checkpoint.toArea, ...always }];
  return {
    ...rules,
    areas: new Map(),
    checkpoints: new Map([[checkpointId, { ...checkpoint, directions: 'both' }]]),
    types: new Map([[typeId, { policy, entitlements }]]),
  };
}

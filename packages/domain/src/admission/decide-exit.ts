import type { Checkpoint } from '../venue/graph.ts';
import { cross, refuse } from './decisions.ts';
import { passStateAt } from './pass-state.ts';
import type { Decision, PassFacts, VenueRules } from './types.ts';

/** People must be able to leave: once the code is of a pass of this event, only a pass that is outside by the record is refused. */
export function decideExit(
  rules: VenueRules,
  pass: PassFacts,
  checkpoint: Checkpoint,
  at: number,
): Decision {
  const state = passStateAt(rules, pass.last, at);
  if (state.area === rules.outsideAreaId) return refuse('not_inside', pass, checkpoint.fromArea);
  return cross(rules, 'exited', state, checkpoint.fromArea, 0);
}

import { checkpointAllows, type Checkpoint } from '../venue/graph.ts';
import { decideEntry } from './decide-entry.ts';
import { decideExit } from './decide-exit.ts';
import { refuse } from './decisions.ts';
import type {
  CodeFinding,
  Decision,
  DeviceFacts,
  Occupancy,
  PassFacts,
  ScanFacts,
  VenueRules,
} from './types.ts';

/**
 * The verdict of one scan (SPEC A-n). Pure and total: it looks at nothing but its arguments and has an answer to any of them.
 *
 * The order of the checks, here and in `decideEntry`, is the precedence of `refusals`: the first that applies is the answer.
 * `pass` is null when the code stands for no pass that is known here. Whether this scan id was judged before is asked
 * by the caller, first of all.
 */
export function decideScan(
  rules: VenueRules,
  pass: PassFacts | null,
  finding: CodeFinding,
  scan: ScanFacts,
  device: DeviceFacts,
  occupancy: Occupancy,
): Decision {
  const checkpoint = rules.checkpoints.get(scan.checkpointId);
  if (checkpoint === undefined) return refuse('device_not_allowed', pass, null);
  const target = scan.direction === 'entry' ? checkpoint.toArea : checkpoint.fromArea;
  if (!deviceMayScan(rules, checkpoint, scan, device))
    return refuse('device_not_allowed', pass, target);

  if (finding === 'bad_signature') return refuse('bad_signature', pass, target);
  if (finding === 'other_event') return refuse('wrong_event', pass, target);
  if (finding === 'unknown_code' || pass === null) return refuse('unknown_code', pass, target);
  if (pass.eventId !== rules.eventId) return refuse('wrong_event', pass, target);

  return scan.direction === 'entry'
    ? decideEntry(rules, pass, finding === 'dead_medium', checkpoint, scan.at, occupancy)
    : decideExit(rules, pass, checkpoint, scan.at);
}

function deviceMayScan(
  rules: VenueRules,
  checkpoint: Checkpoint,
  scan: ScanFacts,
  device: DeviceFacts,
): boolean {
  return (
    device.eventId === rules.eventId &&
    (device.checkpointIds === null || device.checkpointIds.has(checkpoint.id)) &&
    checkpointAllows(checkpoint, scan.direction)
  );
}

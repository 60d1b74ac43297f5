import type { GateScan, Judgement, PassDetails, Use, Venue } from '@catraca/db/gate';
import type { ScanAnswer, VerdictMessage } from '@catraca/protocol';
import type { Outcome } from './batcher.ts';

/** Opens a holder's name. */
type NameOf = (sealed: Uint8Array) => string;

/** What the device is told. `outcome` is not `unverified`: that is not an answer yet. */
export function answerOf(
  { scanId, alone }: GateScan,
  outcome: Exclude<Outcome, { kind: 'unverified' }>,
  venue: Venue,
  nameOf: NameOf,
): ScanAnswer {
  switch (outcome.kind) {
    case 'busy':
      return { type: 'busy', scanId };
    case 'foreign_scan_id':
      return { type: 'refused', scanId, code: 'malformed', message: 'scanId: of another event' };
    case 'judged':
      return {
        ...verdictOf(outcome, venue, nameOf),
        ...(alone && { alone: { conflict: outcome.conflict } }),
      };
  }
}

function verdictOf(
  { scan, pass }: Extract<Judgement, { kind: 'judged' }>,
  venue: Venue,
  nameOf: NameOf,
): VerdictMessage {
  const point = venue.rules.checkpoints.get(scan.checkpointId);
  const area = scan.direction === 'entry' ? point?.toArea : point?.fromArea;
  const areaName = area && venue.areaNames.get(area);
  return {
    type: 'verdict',
    scanId: scan.scanId,
    verdict: scan.verdict,
    at: new Date(scan.at).toISOString(),
    ...(pass && { pass: passOf(pass, venue, nameOf) }),
    ...(pass?.first && { first: useOf(pass.first, venue) }),
    ...(pass?.last && { last: useOf(pass.last, venue) }),
    ...(areaName !== undefined && { areaName }),
  };
}

function passOf(
  { typeId, holder, seat }: PassDetails,
  venue: Venue,
  nameOf: NameOf,
): VerdictMessage['pass'] {
  const type = venue.types.get(typeId);
  return {
    typeName: type?.name ?? '',
    typeColor: type?.colour ?? '',
    holderName: nameOf(holder),
    seat: seat && [seat.section, seat.row, seat.number].filter((part) => part !== '').join(' · '),
  };
}

function useOf({ at, checkpointId }: Use, venue: Venue): { at: string; checkpointName: string } {
  const checkpointName = venue.checkpoints.find(({ id }) => id === checkpointId)?.name ?? '';
  return { at: new Date(at).toISOString(), checkpointName };
}

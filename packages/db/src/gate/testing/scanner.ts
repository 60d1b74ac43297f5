import { randomBytes } from 'node:crypto';
import {
  type CheckpointId,
  type Direction,
  parseCode,
  type ScanId,
  uuidv7,
  uuidv7RandomBytes,
} from '@catraca/domain';
import type { Venue } from '../load-venue.ts';
import type { GateScan } from '../types.ts';
import type { TestDevice } from './small-event.ts';

export function newScanId(): ScanId {
  return uuidv7(Date.now(), randomBytes(uuidv7RandomBytes));
}

/** A scan as realtime brings it, of a device that may scan at every checkpoint of the venue. */
export function gateScan(
  venue: Venue,
  device: TestDevice,
  codeText: string,
  checkpointId: CheckpointId,
  direction: Direction = 'entry',
): GateScan {
  return {
    scanId: newScanId(),
    code: parseCode(codeText),
    codeText,
    verification: null,
    checkpointId,
    direction,
    scannedAt: Date.now(),
    alone: null,
    device: { id: device.id, eventId: venue.eventId, checkpointIds: null },
    rules: venue.rules,
  };
}

import { type AreaId, type EventId, venueRules, type Verdict } from '@catraca/domain';
import { aloneAheadMaxMs, aloneBeforeEventMaxMs, type ScanRequest } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { claimProblem } from './claim-problem.ts';

const now = Date.UTC(2027, 4, 2, 12);
const begin = Date.UTC(2027, 4, 1, 9);
const rules = venueRules({
  eventId: 1n as EventId,
  outsideAreaId: 2n as AreaId,
  days: [{ no: 1, startsAt: begin, endsAt: begin + 36_000_000 }],
  ...{ areas: [], checkpoints: [], types: [] },
});

function problemAt(at: number, verdict: Verdict = 'admitted') {
  const request: ScanRequest = {
    ...{ scanId: '', code: 'x', checkpointId: '3', direction: 'entry' },
    scannedAt: new Date(at).toISOString(),
    alone: { verdict, at: new Date(at).toISOString() },
  };
  return claimProblem(request, { rules }, now)?.code;
}

test('D-2: a time that is to come, or long before the event, is refused by name', () => {
  expect(problemAt(now + aloneAheadMaxMs)).toBeUndefined();
  expect(problemAt(now + aloneAheadMaxMs + 1)).toBe('wrong_time');
  expect(problemAt(begin - aloneBeforeEventMaxMs)).toBeUndefined();
  expect(problemAt(begin - aloneBeforeEventMaxMs - 1)).toBe('wrong_time');
});

test('D-2: a green is that of its direction', () => {
  expect(problemAt(now)).toBeUndefined();
  expect(problemAt(now, 'exited')).toBe('malformed');
  expect(problemAt(now, 'already_used')).toBeUndefined();
});

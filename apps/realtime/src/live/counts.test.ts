import type { LiveCounts, ScanTotals } from '@catraca/db/gate';
import type { AreaId, CheckpointId, DeviceId, EventId, ScanId } from '@catraca/domain';
import { expect, test } from 'vitest';
import type { ScansNews } from './bus.ts';
import { EventCounts } from './counts.ts';

const [hall, gate, device] = [1n as AreaId, 2n as CheckpointId, 3n as DeviceId];
const noon = Date.UTC(2027, 4, 1, 12);
/** This machine's clock is two seconds behind the database's. */
const now = noon - 2_000;

const start: LiveCounts = {
  snapshot: { xmin: 100n, xmax: 110n, running: new Set([105n]) },
  at: noon,
  people: new Map([[hall, 40]]),
  staff: new Map([[hall, 2]]),
  checkpoints: [gate],
  settled: { until: noon - 75_000, admitted: 50, exited: 10, refused: 5 },
  seconds: [{ checkpointId: gate, second: noon - 30_000, admitted: 3, exited: 2, refused: 1 }],
  places: new Map([[device, gate]]),
  conflicts: { unseen: 0, lastAt: null },
  feed: [],
  devices: [],
};

function news(xid: bigint, counts: Partial<ScanTotals> = { admitted: 1 }): ScansNews {
  const scan = {
    scanId: `scan ${xid}` as ScanId,
    at: noon,
    verdict: 'admitted',
    typeName: null,
  } as const;
  return {
    kind: 'scans',
    eventId: 9n as EventId,
    xid,
    at: noon,
    people: [[hall, 1, 1]],
    counts: [[gate, { admitted: 0, exited: 0, refused: 0, ...counts }]],
    feed: [{ ...scan, checkpointId: gate, deviceId: device }],
  };
}

test('it begins with what was settled and what came since', () => {
  const counts = new EventCounts(start, now);
  expect(counts.totals).toEqual({ until: noon - 75_000, admitted: 53, exited: 12, refused: 6 });
  expect(counts.rates(now).get(gate)).toEqual({ admitted: 3, exited: 2, refused: 1 });
  expect(counts.places.get(device)).toBe(gate);
});

test('news of what the snapshot has seen are not counted again, the others once', () => {
  const counts = new EventCounts(start, now);
  for (const xid of [99n, 104n, 109n]) counts.hear(news(xid));
  expect(counts.people.get(hall)).toBe(40);
  for (const xid of [105n, 110n, 111n]) counts.hear(news(xid));
  expect(counts.people.get(hall)).toBe(43);
  expect(counts.staff.get(hall)).toBe(5);
  expect(counts.totals.admitted).toBe(56);
  expect(counts.feed.map(({ scanId }) => scanId)).toEqual(['scan 111', 'scan 110', 'scan 105']);
});

test('a scan is in the rate of the last minute for a minute', () => {
  const counts = new EventCounts(start, now);
  counts.hear(news(111n, { refused: 1 }));
  expect(counts.rates(now + 29_000).get(gate)).toEqual({ admitted: 3, exited: 2, refused: 2 });
  expect(counts.rates(now + 30_000).get(gate)).toEqual({ admitted: 0, exited: 0, refused: 1 });
  expect(counts.rates(now + 60_000).get(gate)).toEqual({ admitted: 0, exited: 0, refused: 0 });
});

test('what is settled is never counted from the log again', () => {
  const later = { ...start, at: noon + 60_000 };
  expect(new EventCounts(later, now).settled).toEqual({
    ...{ until: noon - 15_000, admitted: 53, exited: 12, refused: 6 },
  });
  expect(new EventCounts(start, now).settled).toEqual(start.settled);
});

import type { ScanId, Verdict } from '@catraca/domain';
import { liveFeedBurst, liveFeedPerSecond, type LiveScan } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { FeedPace } from './feed-pace.ts';

function scans(count: number, verdict: Verdict = 'admitted', name = verdict): LiveScan[] {
  return Array.from({ length: count }, (_, i) => ({
    ...{ scanId: `${name} ${i}` as ScanId, at: '2027-05-01T12:00:00.000Z' },
    ...{ checkpointId: '1', deviceId: '2', verdict, typeName: null },
  }));
}

test('a quiet gate is shown whole', () => {
  const pace = new FeedPace();
  for (let second = 0; second < 60; second++) {
    const some = scans(liveFeedPerSecond - 1);
    expect(pace.pick(some, second * 1000)).toEqual(some);
  }
});

test('P-15: of a crowd no more is shown than a person can see', () => {
  const pace = new FeedPace();
  let shown = 0;
  for (let ms = 0; ms < 60_000; ms += 100) shown += pace.pick(scans(50), ms).length;
  expect(shown).toBeGreaterThan(liveFeedPerSecond * 59);
  expect(shown).toBeLessThanOrEqual(liveFeedBurst + liveFeedPerSecond * 60);
});

test('P-15: the refused go before the others, and the order stays', () => {
  const pace = new FeedPace();
  const refused = scans(2, 'already_used');
  const crowd = [...scans(30), ...refused.slice(0, 1), ...scans(30, 'exited'), ...refused.slice(1)];
  const picked = pace.pick(crowd, 0);
  expect(picked).toHaveLength(liveFeedBurst);
  expect(picked).toEqual(crowd.filter((scan) => picked.includes(scan)));
  expect(picked).toEqual(expect.arrayContaining(refused));
  expect(picked[0]?.scanId).toBe('admitted 0');
});

import type { CheckpointId, DeviceId, EventId, ScanId } from '@catraca/domain';
import assert from 'node:assert/strict';
import { expect, test } from 'vitest';
import type { ScansNews } from './bus.ts';
import { type Envelope, parseEnvelope } from './news-codec.ts';
import { Outbox } from './outbox.ts';

/** PostgreSQL's limit. */
const notificationBytesMax = 8_000;

function news(xid: bigint, scans: number): ScansNews {
  const place = {
    checkpointId: 281474976710660n as CheckpointId,
    deviceId: 281474976710670n as DeviceId,
  };
  const feed = Array.from({ length: scans }, (_, i) => ({
    ...{ scanId: `${xid}/${i}`.padEnd(36, '-') as ScanId, at: 1_800_000_000_000 },
    ...{ ...place, verdict: 'admitted' as const, typeName: 'Three days with everything' },
  }));
  return {
    ...{ kind: 'scans', eventId: 281474976710657n as EventId, xid, at: 1_800_000_000_000 },
    ...{
      people: [],
      counts: [[place.checkpointId, { admitted: scans, exited: 0, refused: 0 }]],
      feed,
    },
  };
}

function open(envelopes: readonly string[]): Envelope[] {
  return envelopes.map((text) => {
    expect(Buffer.byteLength(text)).toBeLessThan(notificationBytesMax);
    const envelope = parseEnvelope(text);
    assert(envelope);
    return envelope;
  });
}

test('all news go out, in numbered envelopes that fit', () => {
  const outbox = new Outbox('self');
  for (let xid = 1n; xid <= 40n; xid++) outbox.add(news(xid, 200));
  outbox.say('beat');
  const envelopes = open(outbox.take());
  expect(envelopes.map(({ no }) => no)).toEqual(envelopes.map((_, i) => i + 1));
  const wires = envelopes.flatMap((envelope) => envelope.news);
  expect(wires.at(-1)).toEqual({ k: 'beat' });
  const counted = wires.flatMap((wire) => (wire.k === 's' ? wire.c : []));
  expect(counted.map(([, admitted]) => admitted)).toEqual(Array(40).fill(200));
  expect(outbox.take()).toEqual([]);
});

test('of the scans of a flush the newest fifty are shown', () => {
  const outbox = new Outbox('self');
  outbox.add(news(1n, 200));
  outbox.add(news(2n, 30));
  const wires = open(outbox.take()).flatMap((envelope) => envelope.news);
  const shown = wires.flatMap((wire) => (wire.k === 's' ? wire.f.map(([id]) => id) : []));
  expect(shown.filter((id) => id.startsWith('2/'))).toHaveLength(30);
  expect(shown.filter((id) => id.startsWith('1/'))).toHaveLength(20);
  expect(shown).toContain('1/199'.padEnd(36, '-'));
});

test('what is lost takes a number with it', () => {
  const outbox = new Outbox('self');
  outbox.say('hello');
  const [first] = open(outbox.take());
  outbox.add(news(1n, 1));
  outbox.lose();
  outbox.say('beat');
  const [second] = open(outbox.take());
  expect([first?.no, second?.no]).toEqual([1, 3]);
  expect(second?.news).toEqual([{ k: 'beat' }]);
});

import {
  type AreaId,
  type CheckpointId,
  type DeviceId,
  type EventId,
  type ScanId,
  verdicts,
} from '@catraca/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DevicesNews, News, ScansNews } from './bus.ts';
import { envelopeBytesMax, fromWire, parseEnvelope, toWire } from './news-codec.ts';

const id = <Id extends bigint>() =>
  fc.bigInt({ min: 1n, max: 2n ** 56n }).map((value) => value as Id);
const count = fc.nat(200);
const instant = fc.nat(4_000_000_000_000);

const scansNews: fc.Arbitrary<ScansNews> = fc.record({
  kind: fc.constant('scans' as const),
  eventId: id<EventId>(),
  xid: fc.bigInt({ min: 1n, max: 2n ** 62n }),
  at: instant,
  people: fc.array(
    fc.tuple(
      id<AreaId>(),
      fc.integer({ min: -200, max: 200 }),
      fc.integer({ min: -200, max: 200 }),
    ),
    { maxLength: 16 },
  ),
  counts: fc.array(
    fc.tuple(id<CheckpointId>(), fc.record({ admitted: count, exited: count, refused: count })),
    { maxLength: 200 },
  ),
  feed: fc.array(
    fc.record({
      scanId: fc.uuid().map((text) => text as ScanId),
      at: instant,
      checkpointId: id<CheckpointId>(),
      deviceId: id<DeviceId>(),
      verdict: fc.constantFrom(...verdicts),
      typeName: fc.option(
        fc.string({ maxLength: 200, unit: 'grapheme' }).map((s) => s.slice(0, 200)),
      ),
    }),
    { maxLength: 50 },
  ),
});

const devicesNews: fc.Arbitrary<DevicesNews> = fc.record({
  kind: fc.constant('devices' as const),
  eventId: id<EventId>(),
  devices: fc.array(
    fc.record({
      deviceId: id<DeviceId>(),
      online: fc.boolean(),
      checkpointId: fc.option(id<CheckpointId>()),
      seenAt: instant,
    }),
    { minLength: 1, maxLength: 300 },
  ),
});

/** Sends news as text and reads it back. */
function transport(news: News): News[] {
  return toWire(news).map((wire) => {
    const text = JSON.stringify(wire);
    expect(Buffer.byteLength(text)).toBeLessThan(envelopeBytesMax);
    const [read] = parseEnvelope(`{"from":"a","no":1,"news":[${text}]}`)?.news ?? [];
    if (read?.k !== 's' && read?.k !== 'd') throw new Error('news became something else');
    return fromWire(read);
  });
}

test('news of scans arrive whole, in parts that fit a notification', () => {
  fc.assert(
    fc.property(scansNews, (news) => {
      const parts = transport(news) as ScansNews[];
      for (const { eventId, xid, at } of parts) {
        expect([eventId, xid, at]).toEqual([news.eventId, news.xid, news.at]);
      }
      expect(parts.flatMap(({ people }) => people)).toEqual(news.people);
      expect(parts.flatMap(({ counts }) => counts)).toEqual(news.counts);
      expect(parts.flatMap(({ feed }) => feed)).toEqual(news.feed);
    }),
  );
});

test('news of devices arrive whole, in parts that fit a notification', () => {
  fc.assert(
    fc.property(devicesNews, (news) => {
      const parts = transport(news) as DevicesNews[];
      expect(parts.flatMap(({ devices }) => devices)).toEqual(news.devices);
    }),
  );
});

test('what is no envelope is none, whatever it is', () => {
  fc.assert(fc.property(fc.string(), (text) => parseEnvelope(text) === undefined));
  fc.assert(fc.property(fc.json(), (text) => parseEnvelope(text) === undefined));
});

import {
  type AreaId,
  type CheckpointId,
  type DeviceId,
  type EventId,
  type RowId,
  type ScanId,
  type Verdict,
  verdicts,
} from '@catraca/domain';
import { z } from 'zod';
import type { News, ScansNews } from './bus.ts';

/** PostgreSQL takes notifications of less than 8,000 bytes; the envelope itself takes a hundred. */
export const envelopeBytesMax = 7_800;

/**
 * What one piece of news may hold, so that it fits: an area takes 36 bytes, a checkpoint 40, a device 60, and a scan of the
 * feed 130 and four for each of the 200 letters a type's name may have.
 */
const areasMax = 17;
const countsMax = 40;
const feedMax = 5;
const devicesMax = 60;

const id = z.string().regex(/^[1-9][0-9]{0,18}$/);
const count = z.int();

/** Tuples instead of objects, because room is scarce. */
const scansSchema = z.object({
  k: z.literal('s'),
  e: id,
  x: id,
  t: count,
  p: z.array(z.tuple([id, count, count])),
  c: z.array(z.tuple([id, count, count, count])),
  f: z.array(z.tuple([z.string(), count, id, id, z.enum(verdicts), z.string().nullable()])),
});
const devicesSchema = z.object({
  k: z.literal('d'),
  e: id,
  d: z.array(z.tuple([id, z.boolean(), id.nullable(), count])),
});
const wordSchema = z.object({ k: z.enum(['hello', 'beat', 'bye']) });

/** What stands in an envelope: news, or a word between the buses themselves. */
export const wireSchema = z.discriminatedUnion('k', [scansSchema, devicesSchema, wordSchema]);
export type Wire = z.infer<typeof wireSchema>;

const envelopeSchema = z.object({
  /** The sending process. */
  from: z.string(),
  /** Counts its envelopes without a gap. */
  no: count,
  news: z.array(wireSchema),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Undefined when it is none: of a newer version, say. */
export function parseEnvelope(payload: string): Envelope | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}

/** News as pieces that are small enough to be sent. */
export function toWire(news: News): Wire[] {
  if (news.kind === 'devices') {
    return chunks(news.devices, devicesMax).map((devices) => ({
      k: 'd',
      e: String(news.eventId),
      d: devices.map((device) => [
        String(device.deviceId),
        device.online,
        device.checkpointId && String(device.checkpointId),
        device.seenAt,
      ]),
    }));
  }
  return partsOf(news).map((part) => ({
    k: 's',
    e: String(part.eventId),
    x: String(part.xid),
    t: part.at,
    p: part.people.map(([area, change, staff]) => [String(area), change, staff]),
    c: part.counts.map(([point, n]) => [String(point), n.admitted, n.exited, n.refused]),
    f: part.feed.map((scan) => [
      scan.scanId,
      scan.at,
      String(scan.checkpointId),
      String(scan.deviceId),
      scan.verdict,
      scan.typeName,
    ]),
  }));
}

/** A transaction's news in parts: counts of different things may be told one after another, as long as each is told once. */
function partsOf(news: ScansNews): ScansNews[] {
  const people = chunks(news.people, areasMax);
  const counts = chunks(news.counts, countsMax);
  const feed = chunks(news.feed, feedMax);
  const length = Math.max(people.length, counts.length, feed.length);
  return Array.from({ length }, (_, i) => ({
    ...news,
    people: people[i] ?? [],
    counts: counts[i] ?? [],
    feed: feed[i] ?? [],
  }));
}

export function fromWire(wire: Exclude<Wire, z.infer<typeof wordSchema>>): News {
  const eventId = idOf<EventId>(wire.e);
  if (wire.k === 'd') {
    const devices = wire.d.map(([deviceId, online, checkpointId, seenAt]) => ({
      deviceId: idOf<DeviceId>(deviceId),
      online,
      checkpointId: checkpointId === null ? null : idOf<CheckpointId>(checkpointId),
      seenAt,
    }));
    return { kind: 'devices', eventId, devices };
  }
  return {
    kind: 'scans',
    eventId,
    xid: BigInt(wire.x),
    at: wire.t,
    people: wire.p.map(([area, change, staff]) => [idOf<AreaId>(area), change, staff] as const),
    counts: wire.c.map(
      ([point, admitted, exited, refused]) =>
        [idOf<CheckpointId>(point), { admitted, exited, refused }] as const,
    ),
    feed: wire.f.map(([scanId, at, checkpointId, deviceId, verdict, typeName]) => ({
      scanId: scanId as ScanId,
      at,
      checkpointId: idOf<CheckpointId>(checkpointId),
      deviceId: idOf<DeviceId>(deviceId),
      verdict: verdict as Verdict,
      typeName,
    })),
  };
}

function idOf<Id extends RowId>(text: string): Id {
  return BigInt(text) as Id;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size));
  return parts;
}

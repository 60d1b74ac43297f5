import type { DeviceId } from '@catraca/domain';
import type {
  LiveArea,
  LiveCheckpoint,
  LiveConflicts,
  LiveDeltaMessage,
  LiveDevice,
  LiveScan,
  LiveTotals,
} from '@catraca/protocol';
import type { RecentScan } from '@catraca/db/gate';
import type { Presence } from './bus.ts';
import type { EventCounts } from './counts.ts';

/** What a wall shows, at one instant. */
export interface Picture {
  readonly at: string;
  readonly areas: readonly LiveArea[];
  readonly checkpoints: readonly LiveCheckpoint[];
  readonly devices: readonly LiveDevice[];
  readonly totals: LiveTotals;
  readonly conflicts: LiveConflicts;
  /** Newest first. */
  readonly feed: readonly LiveScan[];
}

export function ratesOf(counts: EventCounts, now: number): LiveCheckpoint[] {
  return [...counts.rates(now)].map(([id, { admitted, exited, refused }]) => ({
    id: String(id),
    admittedPerMinute: admitted,
    exitedPerMinute: exited,
    refusedPerMinute: refused,
  }));
}

export function devicesOf(
  counts: EventCounts,
  presenceOf: (id: DeviceId) => Presence | undefined,
): LiveDevice[] {
  return counts.devices.map(({ id, name, lastSeenAt }) => {
    const presence = presenceOf(id);
    const checkpointId = presence?.checkpointId ?? counts.places.get(id);
    const seenAt = Math.max(presence?.seenAt ?? 0, lastSeenAt ?? 0);
    return {
      id: String(id),
      name,
      checkpointId: checkpointId === undefined ? null : String(checkpointId),
      online: presence?.online ?? false,
      lastSeenAt: seenAt === 0 ? null : new Date(seenAt).toISOString(),
    };
  });
}

/** `parts`: what changes less often than all the rest, and is the same array until it does. */
export function pictureOf(
  counts: EventCounts,
  parts: Pick<Picture, 'checkpoints' | 'devices'>,
  now: number,
): Picture {
  return {
    at: new Date(counts.clock(now)).toISOString(),
    areas: [...counts.people].map(([id, occupancy]) => ({
      ...{ id: String(id), occupancy },
      staff: counts.staff.get(id) ?? 0,
    })),
    ...parts,
    totals: {
      admitted: counts.totals.admitted,
      exited: counts.totals.exited,
      refused: counts.totals.refused,
    },
    conflicts: conflictsOf(counts),
    feed: counts.feed.map(liveScan),
  };
}

function conflictsOf({ conflicts: { unseen, lastAt } }: EventCounts): LiveConflicts {
  return { unseen, lastAt: lastAt === null ? null : new Date(lastAt).toISOString() };
}

function liveScan({ scanId, at, checkpointId, deviceId, verdict, typeName }: RecentScan): LiveScan {
  return {
    ...{ scanId, verdict, typeName },
    at: new Date(at).toISOString(),
    checkpointId: String(checkpointId),
    deviceId: String(deviceId),
  };
}

/** The parts of a delta; empty when nothing a wall shows has changed. */
export type Change = Omit<LiveDeltaMessage, 'type' | 'seq' | 'at'>;

/** What to tell a wall that shows `before` so that it shows `after`; undefined when a delta cannot, since something has gone. */
export function changeOf(before: Picture, after: Picture): Change | undefined {
  const areas = changed(before.areas, after.areas, isSame);
  const checkpoints = changed(before.checkpoints, after.checkpoints, isSame);
  const devices = changed(before.devices, after.devices, isSameDevice);
  if (!areas || !checkpoints || !devices) return undefined;
  const known = new Set(before.feed.map(({ scanId }) => scanId));
  const feed = after.feed.filter(({ scanId }) => !known.has(scanId));
  return {
    ...(areas.length > 0 && { areas }),
    ...(checkpoints.length > 0 && { checkpoints }),
    ...(devices.length > 0 && { devices }),
    ...(!isSame(before.totals, after.totals) && { totals: after.totals }),
    ...(!isSame(before.conflicts, after.conflicts) && { conflicts: after.conflicts }),
    ...(feed.length > 0 && { feed }),
  };
}

/** Those that are new or different; undefined when one is missing. */
function changed<Part extends { id: string }>(
  before: readonly Part[],
  after: readonly Part[],
  same: (a: Part, b: Part) => boolean,
): Part[] | undefined {
  if (before === after) return [];
  const left = new Map(before.map((part) => [part.id, part]));
  const different: Part[] = [];
  for (const part of after) {
    const old = left.get(part.id);
    if (old === undefined || !same(old, part)) different.push(part);
    left.delete(part.id);
  }
  return left.size === 0 ? different : undefined;
}

/** That a device which is there was seen a moment ago is no news: hundreds of them say so all the time. */
function isSameDevice(a: LiveDevice, b: LiveDevice): boolean {
  return isSame(a.online && b.online ? { ...a, lastSeenAt: b.lastSeenAt } : a, b);
}

/** Of two flat objects with the same keys. */
function isSame<Flat extends object>(a: Flat, b: Flat): boolean {
  return Object.entries(a).every(([key, value]) => b[key as keyof Flat] === value);
}

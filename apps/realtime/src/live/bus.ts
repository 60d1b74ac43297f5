import type { RecentScan, ScanTotals } from '@catraca/db/gate';
import type { AreaId, CheckpointId, DeviceId, EventId } from '@catraca/domain';

/** What one transaction changed in the counts of an event. Sent once for each transaction, or in parts of the same `xid`. */
export interface ScansNews {
  readonly kind: 'scans';
  readonly eventId: EventId;
  /** The transaction: whoever counts from a snapshot of the database asks whether that has seen it. */
  readonly xid: bigint;
  /** Ms since 1970, by the database's clock. */
  readonly at: number;
  /** People more or fewer in an area, and how many of them are staff. */
  readonly people: readonly (readonly [AreaId, change: number, staff: number])[];
  readonly counts: readonly (readonly [CheckpointId, ScanTotals])[];
  /** Some of the scans, the newest last: a wall shows examples, the numbers are above. */
  readonly feed: readonly RecentScan[];
}

export interface Presence {
  readonly deviceId: DeviceId;
  readonly online: boolean;
  /** Where it scanned last, if it did. */
  readonly checkpointId: CheckpointId | null;
  /** Ms since 1970. */
  readonly seenAt: number;
}

/** Devices of an event that a process sees, or does not see any more. */
export interface DevicesNews {
  readonly kind: 'devices';
  readonly eventId: EventId;
  readonly devices: readonly Presence[];
}

export type News = ScansNews | DevicesNews;

export interface BusListener {
  /** From this process or another, in the order its sender sent them. */
  heard(from: string, news: News): void;
  /** Something was missed: what was counted from news must be read from the database. */
  missed(): void;
  /** A process has come, or listens again, and knows nothing of what was said before. */
  joined(): void;
  /** A process has ended, or is silent for too long: what it alone knew is gone. */
  left(from: string): void;
}

/**
 * Carries news between the realtime processes of a site, so that each has all of it. News may be late and may be lost,
 * never silently: then the listener is told that it missed something.
 */
export interface Bus {
  /** To all processes, this one included, whose listener hears it before this returns. Only what is committed. */
  publish(news: News): void;
  /** Something may have happened of which no news will come: all that listen count again. */
  doubt(): void;
  listen(listener: BusListener): void;
  /** Sends what is still to be sent and says goodbye. */
  close(): Promise<void>;
}

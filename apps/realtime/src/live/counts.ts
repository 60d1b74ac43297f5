import {
  type LiveCounts,
  type RecentScan,
  type ScanTotals,
  sees,
  settle,
  type SettledTotals,
} from '@catraca/db/gate';
import type { AreaId, CheckpointId, DeviceId } from '@catraca/domain';
import { liveFeedMax } from '@catraca/protocol';
import type { ScansNews } from './bus.ts';

/** "A minute" of scans a minute, in whole seconds. */
const windowMs = 60_000;

type Counts = { -readonly [Key in keyof ScanTotals]: number };

/** The counts of an event, carried on from a snapshot of the database by the news of what that had not seen. */
export class EventCounts {
  readonly people: Map<AreaId, number>;
  /** Those of them who are staff. */
  readonly staff: Map<AreaId, number>;
  readonly totals: Counts;
  /** Where each device scanned last. */
  readonly places: Map<DeviceId, CheckpointId>;
  /** For the next count, which then need not read the whole log again. */
  readonly settled: SettledTotals;
  /** Newest first. */
  feed: RecentScan[];
  readonly #start: LiveCounts;
  /** Scans of each second, by the second in ms since 1970. */
  readonly #seconds = new Map<CheckpointId, Map<number, Counts>>();
  /** The database's clock minus this one's, ms. */
  readonly #clockAhead: number;

  constructor(start: LiveCounts, now: number) {
    this.#start = start;
    this.#clockAhead = start.at - now;
    this.people = new Map(start.people);
    this.staff = new Map(start.staff);
    this.places = new Map(start.places);
    this.totals = { ...start.settled };
    this.settled = settle(start);
    this.feed = [...start.feed];
    for (const id of start.checkpoints) this.#seconds.set(id, new Map());
    for (const { checkpointId, second, ...counts } of start.seconds) {
      add(this.totals, counts);
      this.#count(checkpointId, second, counts);
    }
  }

  /** Counts what the snapshot had not seen yet; what it had is in these counts already. */
  hear(news: ScansNews): void {
    if (sees(this.#start.snapshot, news.xid)) return;
    for (const [area, change, staff] of news.people) {
      this.people.set(area, (this.people.get(area) ?? 0) + change);
      this.staff.set(area, (this.staff.get(area) ?? 0) + staff);
    }
    for (const [checkpoint, counts] of news.counts) {
      add(this.totals, counts);
      this.#count(checkpoint, Math.floor(news.at / 1000) * 1000, counts);
    }
    for (const { deviceId, checkpointId } of news.feed) this.places.set(deviceId, checkpointId);
    this.feed = [...news.feed.toReversed(), ...this.feed].slice(0, liveFeedMax);
  }

  /** The database's time, when this machine's is `now`; ms since 1970. */
  clock(now: number): number {
    return now + this.#clockAhead;
  }

  /** Scans at each checkpoint in the last minute. Older seconds are dropped. */
  rates(now: number): Map<CheckpointId, ScanTotals> {
    const since = Math.floor(this.clock(now) / 1000) * 1000 - windowMs;
    const rates = new Map<CheckpointId, ScanTotals>();
    for (const [checkpoint, seconds] of this.#seconds) {
      const sum = { admitted: 0, exited: 0, refused: 0 };
      for (const [second, counts] of seconds) {
        if (second <= since) seconds.delete(second);
        else add(sum, counts);
      }
      rates.set(checkpoint, sum);
    }
    return rates;
  }

  get conflicts(): LiveCounts['conflicts'] {
    return this.#start.conflicts;
  }

  get devices(): LiveCounts['devices'] {
    return this.#start.devices;
  }

  #count(checkpoint: CheckpointId, second: number, counts: ScanTotals): void {
    const seconds = this.#seconds.get(checkpoint) ?? new Map<number, Counts>();
    this.#seconds.set(checkpoint, seconds);
    const sum = seconds.get(second) ?? { admitted: 0, exited: 0, refused: 0 };
    seconds.set(second, sum);
    add(sum, counts);
  }
}

function add(sum: Counts, counts: ScanTotals): void {
  sum.admitted += counts.admitted;
  sum.exited += counts.exited;
  sum.refused += counts.refused;
}

import { readLiveCounts } from '@catraca/db/gate';
import type { EventId } from '@catraca/domain';
import {
  type LiveCheckpoint,
  type LiveDevice,
  liveFeedMax,
  liveRatesIntervalMs,
} from '@catraca/protocol';
import { describeError, type Log } from '../log.ts';
import type { Pool } from '../pool.ts';
import type { Board } from './board.ts';
import type { ScansNews } from './bus.ts';
import { EventCounts } from './counts.ts';
import { FeedPace } from './feed-pace.ts';
import { type Cursor, FrameLog } from './frame-log.ts';
import { changeOf, devicesOf, type Picture, pictureOf, ratesOf } from './frames.ts';
import type { LiveTally } from './tally.ts';
import type { Watcher } from './watcher.ts';

/** A wall hears at least this often (ms), so that it knows the line is alive and how old its numbers are. */
const quietMaxMs = 2_000;

/**
 * Safety net (ms): the counts are read anew even when nothing is known to be missing. A scan whose process died
 * between its commit and its news is the kind of thing this finds.
 */
const recountMs = 15_000;

/** Pause (ms) before counting again when the database did not answer. */
const retryMs = 1_000;

export interface RoomServices {
  readonly pool: Pool;
  readonly log: Log;
  readonly board: Board;
  readonly tally: LiveTally;
}

/**
 * One event's walls. How they never miss a scan and never count one twice:
 *  1. The bus is heard from before anything is read; what is heard is put on `#heard`.
 *  2. The event is counted in one snapshot of the database, which also says which transactions it has seen.
 *  3. Of what was heard since 1, news of transactions that the snapshot has seen are skipped: they are counted already. A transaction
 *     whose news came before 1 had committed before, so the snapshot has seen it.
 *  4. News that come later are held against the same snapshot, since they may be late.
 *  5. Whenever news may have been lost, and once in a while without a reason, it starts again at 1, while the old counts are
 *     still shown.
 * Walls get a picture at a cursor (epoch, seq), and then what changed, at most once each tick.
 */
export class Room {
  readonly eventId: EventId;
  readonly #services: RoomServices;
  readonly #watchers = new Set<Watcher>();
  /** Those that wait for their first frame, with the cursor they come back with. */
  readonly #newcomers = new Map<Watcher, Cursor | null>();
  #counts: EventCounts | undefined;
  /** News during a count; undefined when none is under way. */
  #heard: ScansNews[] | undefined;
  #countAgain = false;
  #countedAt = performance.now();
  #dirty = true;
  /** Counted every second, since they change by themselves; undefined when they are to be counted now. */
  #rates: { readonly at: number; readonly checkpoints: readonly LiveCheckpoint[] } | undefined;
  /** Looked up as often, and when the presence of one has changed. */
  #devices: readonly LiveDevice[] | undefined;
  readonly #pace = new FeedPace();
  #toldAt = 0;
  readonly #frames = new FrameLog();
  #shown: Picture | undefined;
  #emptySince = performance.now();

  constructor(eventId: EventId, services: RoomServices) {
    this.eventId = eventId;
    this.#services = services;
    this.recount();
  }

  /** Nobody has watched for so long, ms. */
  get emptyForMs(): number {
    return this.#watchers.size > 0 ? 0 : performance.now() - this.#emptySince;
  }

  /** With the next tick the wall gets what it misses since its cursor, or all. */
  join(watcher: Watcher, cursor: Cursor | null): void {
    this.#watchers.add(watcher);
    this.#newcomers.set(watcher, cursor);
  }

  leave(watcher: Watcher): void {
    this.#newcomers.delete(watcher);
    this.#watchers.delete(watcher);
    if (this.#watchers.size === 0) this.#emptySince = performance.now();
  }

  hear(news: ScansNews): void {
    this.#heard?.push(news);
    this.#counts?.hear(news);
    this.#dirty = true;
  }

  /** Something that is not counted has changed, such as a device's presence. */
  touch(): void {
    this.#devices = undefined;
    this.#dirty = true;
  }

  /** Counts from the database; asked for during a count, once more after it. */
  recount(): void {
    if (this.#heard !== undefined) {
      this.#countAgain = true;
      return;
    }
    this.#countAgain = false;
    void this.#count();
  }

  async #count(): Promise<void> {
    const { pool, log, tally } = this.#services;
    tally.counts += 1;
    const heard: ScansNews[] = [];
    this.#heard = heard;
    try {
      const start = await readLiveCounts(pool.db, this.eventId, liveFeedMax, this.#counts?.settled);
      const counts = new EventCounts(start, Date.now());
      for (const news of heard) counts.hear(news);
      this.#counts = counts;
      this.#rates = this.#devices = undefined;
      this.#dirty = true;
    } catch (error) {
      log.warn({ eventId: String(this.eventId), error: describeError(error) }, 'event not counted');
      setTimeout(() => this.recount(), retryMs).unref();
    } finally {
      this.#heard = undefined;
      this.#countedAt = performance.now();
    }
    if (this.#countAgain) this.recount();
  }

  /** Shows what has changed since the last tick. */
  tick(): void {
    const now = performance.now();
    if (now - this.#countedAt > recountMs) this.recount();
    if (this.#counts === undefined || this.#watchers.size === 0) return;
    if (this.#rates && now - this.#rates.at >= liveRatesIntervalMs) {
      this.#rates = this.#devices = undefined;
    }
    if (this.#dirty || this.#rates === undefined || this.#newcomers.size > 0) {
      this.#look(this.#counts, now);
    }
    if (this.#shown) this.#serveNewcomers(this.#shown);
    for (const watcher of this.#watchers) {
      if (this.#shown && watcher.wantsSnapshot(now)) {
        watcher.sendSnapshot(this.#frames.snapshot(this.#shown));
      }
    }
  }

  #look(counts: EventCounts, now: number): void {
    this.#dirty = false;
    const { board } = this.#services;
    const time = Date.now();
    const { checkpoints } = (this.#rates ??= { at: now, checkpoints: ratesOf(counts, time) });
    const devices = (this.#devices ??= devicesOf(counts, (id) => board.find(id)));
    const picture = pictureOf(counts, { checkpoints, devices }, time);
    const change = this.#shown && changeOf(this.#shown, picture);
    this.#shown = picture;
    if (change === undefined) return this.#startOver();
    if (Object.keys(change).length === 0 && now - this.#toldAt < quietMaxMs) return;
    this.#toldAt = now;
    const { feed = [], ...numbers } = change;
    const examples = this.#pace.pick(feed, now);
    const shown = { ...numbers, ...(examples.length > 0 && { feed: examples }) };
    const frame = this.#frames.delta(picture.at, shown);
    for (const watcher of this.#watchers) {
      if (!this.#newcomers.has(watcher)) watcher.sendDelta(frame);
    }
  }

  /** The first picture, or one that no delta leads to. */
  #startOver(): void {
    this.#frames.startOver();
    for (const watcher of this.#watchers) this.#newcomers.set(watcher, null);
  }

  #serveNewcomers(shown: Picture): void {
    for (const [watcher, cursor] of this.#newcomers) {
      const missed = cursor && this.#frames.since(cursor);
      if (missed) for (const frame of missed) watcher.sendDelta(frame);
      else watcher.sendSnapshot(this.#frames.snapshot(shown));
    }
    this.#newcomers.clear();
  }
}

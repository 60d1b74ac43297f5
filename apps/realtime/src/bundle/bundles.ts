import {
  type BundleRecords,
  readBundle,
  readBundleChanges,
  readNumbers,
  type Venue,
} from '@catraca/db/gate';
import type { EventId } from '@catraca/domain';
import { bundlePrefix, type BundleRules } from '@catraca/protocol';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { KeyRing } from '../gate/key-ring.ts';
import type { Pool } from '../pool.ts';
import { type BundleCursor, formatCursor, parseCursor } from './bundle-cursor.ts';
import { bundleRulesOf } from './bundle-rules.ts';
import { ChangeLog } from './change-log.ts';

/** The whole is read again when it is older than this (ms): until then what changed since is less to read and to send. */
const wholeKeptMs = 600_000;

export interface BundleAnswer {
  readonly body: Uint8Array;
  readonly gzipped: boolean;
}

interface Whole {
  readonly bytes: Uint8Array;
  readonly gzipped: Uint8Array;
}

interface EventBundles {
  readonly changes: ChangeLog;
  whole: { tag: string; since: number; reading: Promise<Whole> } | undefined;
}

interface Tagged {
  readonly rules: BundleRules;
  readonly tag: string;
}

const compress = promisify(gzip);

/** What devices need to decide alone, read once for all of an event. */
export class Bundles {
  readonly #pool: Pool;
  readonly #keys: KeyRing;
  readonly #events = new Map<EventId, EventBundles>();
  /** What is fixed about a venue is written down once. */
  readonly #rules = new WeakMap<Venue, { keys: KeyRing['all']; tagged: Promise<Tagged> }>();

  constructor(pool: Pool, keys: KeyRing) {
    this.#pool = pool;
    this.#keys = keys;
  }

  /** `since`: the cursor of what the device has. @throws what the database throws. */
  async answer(venue: Venue, since: string | undefined, takesGzip: boolean): Promise<BundleAnswer> {
    const cursor = since === undefined ? undefined : parseCursor(since);
    const { changes } = this.#of(venue.eventId);
    const tagged = await this.#taggedRules(venue);
    const isOwn = cursor?.eventId === String(venue.eventId);
    const found = cursor && isOwn ? await changes.since(cursor) : undefined;
    if (cursor === undefined || found === undefined) return this.#whole(venue, tagged, takesGzip);
    return { body: changesBody(venue, cursor, found, tagged), gzipped: false };
  }

  #of(eventId: EventId): EventBundles {
    const known = this.#events.get(eventId) ?? {
      changes: new ChangeLog((since) => readBundleChanges(this.#pool.db, eventId, since)),
      whole: undefined,
    };
    this.#events.set(eventId, known);
    return known;
  }

  async #whole(venue: Venue, tagged: Tagged, takesGzip: boolean): Promise<BundleAnswer> {
    const kept = this.#of(venue.eventId);
    const isGood =
      kept.whole?.tag === tagged.tag && performance.now() - kept.whole.since < wholeKeptMs;
    if (!isGood) {
      const reading = this.#readWhole(venue, tagged);
      kept.whole = { tag: tagged.tag, since: performance.now(), reading };
      // What failed is read again by the next who asks.
      reading.catch(() => (kept.whole = undefined));
    }
    const { bytes, gzipped } = await (kept.whole?.reading ?? this.#readWhole(venue, tagged));
    return takesGzip ? { body: gzipped, gzipped: true } : { body: bytes, gzipped: false };
  }

  async #readWhole(venue: Venue, { rules, tag }: Tagged): Promise<Whole> {
    const { point, parts } = await readBundle(this.#pool.db, venue.eventId);
    const eventId = String(venue.eventId);
    const serverTime = new Date(point.at).toISOString();
    const cursor = formatCursor({ ...point, eventId, tag });
    const prefix = bundlePrefix({ eventId, serverTime, cursor, whole: true, rules });
    const bytes = Buffer.concat([prefix, ...parts]);
    // Most of it is random numbers: a stronger level takes its time and saves nothing.
    const gzipped = await compress(bytes, { level: constants.Z_BEST_SPEED });
    return { bytes, gzipped };
  }

  #taggedRules(venue: Venue): Promise<Tagged> {
    const keys = this.#keys.all;
    const known = this.#rules.get(venue);
    if (known?.keys === keys) return known.tagged;
    const tagged = readNumbers(this.#pool.db, venue.eventId).then((numbers): Tagged => {
      const rules = bundleRulesOf(venue, numbers, keys);
      const tag = createHash('sha256').update(JSON.stringify(rules)).digest('base64url');
      return { rules, tag };
    });
    this.#rules.set(venue, { keys, tagged });
    // What failed is asked for again.
    tagged.catch(() => this.#rules.delete(venue));
    return tagged;
  }
}

function changesBody(
  venue: Venue,
  cursor: BundleCursor,
  { point, parts }: BundleRecords,
  { rules, tag }: Tagged,
): Uint8Array {
  const eventId = String(venue.eventId);
  const prefix = bundlePrefix({
    ...{ eventId, serverTime: new Date(point.at).toISOString(), whole: false },
    cursor: formatCursor({ ...point, eventId, tag }),
    ...(cursor.tag !== tag && { rules }),
  });
  return Buffer.concat([prefix, ...parts]);
}

import { findWaitingRoom, type Db, type FoundWaitingRoom } from '@catraca/db';
import { Fresh } from '../fresh.ts';
import { Pace } from './pace.ts';
import { UsedProofs } from './proof.ts';
import { viewRoom, type RoomView } from './room-view.ts';

/** How old (ms) what the door knows may be. */
const maxAgeMs = 1_000;

/** And how old for somebody with a signed place whom it does not know yet: they may have gone in at another process. */
const latestAgeMs = 200;

/** Rooms whose pace is remembered; the one that was looked at least recently goes first. */
const pacesMax = 100;

type Shopper = FoundWaitingRoom['shopping'][number];

/** A waiting room that is on, and who has their turn. */
export interface KnownRoom {
  readonly eventId: bigint;
  readonly organizationId: string;
  readonly room: NonNullable<FoundWaitingRoom['room']>;
  readonly view: RoomView;
  /** By the public ids of their places. */
  readonly shoppers: ReadonlyMap<string, Shopper>;
}

/**
 * What a process knows by heart of waiting rooms: one for each. It is read once a second for each event that somebody asks
 * for, however many do, so that a crowd before the door costs the database nothing.
 */
export class WaitingRooms {
  readonly usedProofs = new UsedProofs();
  readonly #db: Db;
  readonly #known: Fresh<KnownRoom | null>;
  readonly #latest: Fresh<KnownRoom | null>;
  readonly #paces = new Map<string, Pace>();

  /** `ageMs`: how old (ms) what is known may be. */
  constructor(db: Db, ageMs = maxAgeMs) {
    this.#db = db;
    this.#known = new Fresh(ageMs);
    this.#latest = new Fresh(Math.min(ageMs, latestAgeMs));
  }

  /** The room before this event's shop; null where the shop is open to all. At most a second old. */
  get(slug: string): Promise<KnownRoom | null> {
    return this.#known.get(slug, () => this.#read(slug));
  }

  /** The same, at most a fifth of a second old. */
  getLatest(slug: string): Promise<KnownRoom | null> {
    return this.#latest.get(slug, () => this.#read(slug));
  }

  /** Somebody went in: whoever asks next is told of them. Other processes learn it within `getLatest`'s age. */
  forget(): void {
    this.#known.forget();
    this.#latest.forget();
  }

  async #read(slug: string): Promise<KnownRoom | null> {
    const found = await findWaitingRoom(this.#db, slug);
    if (!found?.room) return null;
    const { room, eventId, organizationId, shopping } = found;
    const pace = this.#paceOf(slug);
    if (room.drawnAt !== null) pace.add(Date.now(), room.calledNo, room.lastNo - room.calledNo);
    return {
      eventId,
      organizationId,
      room,
      view: viewRoom(room, pace.perMinute),
      shoppers: new Map(shopping.map((shopper) => [shopper.publicId, shopper])),
    };
  }

  #paceOf(slug: string): Pace {
    const pace = this.#paces.get(slug) ?? new Pace();
    this.#paces.delete(slug);
    this.#paces.set(slug, pace);
    for (const old of this.#paces.keys()) {
      if (this.#paces.size <= pacesMax) break;
      this.#paces.delete(old);
    }
    return pace;
  }
}

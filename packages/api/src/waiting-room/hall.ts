import { listWaitingPlaces, type Db, type ListedPlace } from '@catraca/db';
import { eventMessage, type EventReader } from '../event-reader.ts';
import { viewPlace, type PlaceView } from './room-view.ts';
import type { KnownRoom, WaitingRooms } from './waiting-rooms.ts';

/** Places asked for in one statement, and in one round: the rest has its turn a second later. */
const placesPerQuestion = 1_000;
const placesPerRound = 10_000;

/** Tabs of one browser. Another one ends the oldest. */
const viewersPerPlaceMax = 4;

/** Without news (ms) the room is sent again: a page that hears nothing for longer knows that its line is dead. */
export const heartbeatMs = 15_000;

interface Viewer {
  readonly publicId: string;
  readonly reader: EventReader;
  /** As last read; null before it was. */
  row: ListedPlace | null;
  sentPlace: string;
  sentRoom: string;
}

/**
 * All who look at one event's waiting room in this process. Once a round the room is read once for all of them; a place is
 * read when it is new, when it is numbered and when its turn ends, and counted from memory in between.
 */
export class Hall {
  readonly #db: Db;
  readonly #rooms: WaitingRooms;
  readonly #slug: string;
  readonly #viewers = new Map<string, Viewer[]>();
  #count = 0;
  #heardAt = -Infinity;

  constructor(db: Db, rooms: WaitingRooms, slug: string) {
    this.#db = db;
    this.#rooms = rooms;
    this.#slug = slug;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds somebody who looks; the result takes them away again, any number of times. */
  add(publicId: string, reader: EventReader): () => void {
    const viewer: Viewer = { publicId, reader, row: null, sentPlace: '', sentRoom: '' };
    const tabs = this.#viewers.get(publicId) ?? [];
    const [oldest] = tabs;
    if (oldest && tabs.length >= viewersPerPlaceMax) {
      this.#remove(oldest);
      oldest.reader.end();
    }
    this.#viewers.set(publicId, [...(this.#viewers.get(publicId) ?? []), viewer]);
    this.#count += 1;
    return () => this.#remove(viewer);
  }

  #remove(viewer: Viewer): void {
    const tabs = this.#viewers.get(viewer.publicId) ?? [];
    const left = tabs.filter((tab) => tab !== viewer);
    this.#count -= tabs.length - left.length;
    if (left.length > 0) this.#viewers.set(viewer.publicId, left);
    else this.#viewers.delete(viewer.publicId);
  }

  /**
   * Tells everybody what is new to them. Who has not read yet what they were told misses the round; the next one says all that
   * it said. @throws what the database throws; the next round tells it.
   */
  async round(now: Date): Promise<void> {
    const known = await this.#rooms.getLatest(this.#slug);
    if (!known) return this.#tellClosed();
    await this.#readPlaces(known, now);
    const isQuiet = now.getTime() - this.#heardAt >= heartbeatMs;
    if (isQuiet) this.#heardAt = now.getTime();
    // The instant is no news by itself.
    const said = `${JSON.stringify(known.view)}${this.#heardAt}`;
    const room = message('room', { now: now.getTime(), ...known.view });
    for (const viewer of this.#all()) {
      if (!viewer.reader.isReady) continue;
      if (viewer.sentRoom !== said) {
        viewer.reader.send(room);
        viewer.sentRoom = said;
      }
      this.#tellPlace(viewer, known, now);
    }
  }

  #tellPlace(viewer: Viewer, known: KnownRoom, now: Date): void {
    const view = viewOf(viewer, known, now);
    if (!view) return;
    const said = JSON.stringify(view);
    if (said === viewer.sentPlace) return;
    viewer.reader.send(message('place', view));
    viewer.sentPlace = said;
  }

  async #readPlaces(known: KnownRoom, now: Date): Promise<void> {
    const unknown = [...this.#all()].filter((viewer) => !viewOf(viewer, known, now));
    const ids = [...new Set(unknown.map(({ publicId }) => publicId))].slice(0, placesPerRound);
    for (let from = 0; from < ids.length; from += placesPerQuestion) {
      const asked = ids.slice(from, from + placesPerQuestion);
      for (const row of await listWaitingPlaces(this.#db, known.eventId, asked)) {
        for (const viewer of this.#viewers.get(row.publicId) ?? []) viewer.row = row;
      }
    }
  }

  #tellClosed(): void {
    const closed = message('closed', {});
    for (const { reader } of this.#all()) {
      reader.send(closed);
      reader.end();
    }
    this.#viewers.clear();
    this.#count = 0;
  }

  *#all(): Generator<Viewer> {
    for (const tabs of this.#viewers.values()) yield* tabs;
  }
}

/** A viewer's place by what is known; undefined when it has to be read. */
function viewOf({ publicId, row }: Viewer, known: KnownRoom, now: Date): PlaceView | undefined {
  const { room, shoppers } = known;
  const shopper = shoppers.get(publicId);
  if (shopper) return viewPlace(shopper, room.turnSeconds, now);
  if (!row) return undefined;
  const isWaiting = row.no === null ? room.drawnAt === null : row.no > room.calledNo;
  if (isWaiting) return viewPlace({ ...row, calledAt: null }, room.turnSeconds, now);
  // It was called and is not in the shop: its turn is over, and the row must say how.
  return row.endedAt === null ? undefined : viewPlace(row, room.turnSeconds, now);
}

function message(event: 'room' | 'place' | 'closed', data: object): Uint8Array {
  return eventMessage(event, JSON.stringify(data));
}

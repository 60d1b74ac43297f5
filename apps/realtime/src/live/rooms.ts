import type { EventId } from '@catraca/domain';
import { liveDeltaIntervalMs } from '@catraca/protocol';
import type { BusListener, News } from './bus.ts';
import { Room, type RoomServices } from './room.ts';

/** A room that nobody watches is kept for so long (ms): walls that come back find their cursor. */
const keepEmptyMs = 120_000;

/** The rooms of all events that somebody watches on this process. */
export class Rooms implements BusListener {
  readonly #services: RoomServices;
  readonly #onJoined: () => void;
  readonly #rooms = new Map<EventId, Room>();
  readonly #ticking: NodeJS.Timeout;

  /** `onJoined`: another process wants to hear which devices this one sees. */
  constructor(services: RoomServices, onJoined: () => void) {
    this.#services = services;
    this.#onJoined = onJoined;
    this.#ticking = setInterval(() => this.#tick(), liveDeltaIntervalMs);
  }

  get size(): number {
    return this.#rooms.size;
  }

  get(eventId: EventId): Room {
    const room = this.#rooms.get(eventId) ?? new Room(eventId, this.#services);
    this.#rooms.set(eventId, room);
    return room;
  }

  heard(from: string, news: News): void {
    const room = this.#rooms.get(news.eventId);
    if (news.kind === 'scans') return room?.hear(news);
    this.#services.board.hear(from, news.devices);
    room?.touch();
  }

  missed(): void {
    for (const room of this.#rooms.values()) room.recount();
  }

  joined(): void {
    this.#onJoined();
  }

  left(from: string): void {
    this.#services.board.forget(from);
    for (const room of this.#rooms.values()) room.touch();
  }

  /** Areas, checkpoints or devices of an event are others now. */
  changed(eventId: EventId): void {
    this.#rooms.get(eventId)?.recount();
  }

  close(): void {
    clearInterval(this.#ticking);
  }

  #tick(): void {
    for (const room of this.#rooms.values()) {
      room.tick();
      if (room.emptyForMs > keepEmptyMs) this.#rooms.delete(room.eventId);
    }
  }
}

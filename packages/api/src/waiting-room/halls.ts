import type { Db } from '@catraca/db';
import type { EventReader } from '../event-reader.ts';
import { Hall } from './hall.ts';
import type { WaitingRooms } from './waiting-rooms.ts';

const roundEveryMs = 1_000;

/** The halls of a process: one for each event whose waiting room somebody looks at, for as long as anybody does. */
export class WaitingHalls {
  readonly #db: Db;
  readonly #rooms: WaitingRooms;
  readonly #onFailure: (error: unknown) => void;
  readonly #halls = new Map<string, Hall>();

  constructor(db: Db, rooms: WaitingRooms, onFailure: (error: unknown) => void) {
    this.#db = db;
    this.#rooms = rooms;
    this.#onFailure = onFailure;
  }

  /** Tells a reader what happens to their place until the result is called. */
  watch(slug: string, publicId: string, reader: EventReader): () => void {
    const known = this.#halls.get(slug);
    const hall = known ?? new Hall(this.#db, this.#rooms, slug);
    const leave = hall.add(publicId, reader);
    if (!known) {
      this.#halls.set(slug, hall);
      void this.#run(slug, hall);
    }
    return leave;
  }

  async #run(slug: string, hall: Hall): Promise<void> {
    try {
      await hall.round(new Date());
    } catch (error) {
      this.#onFailure(error);
    }
    if (hall.count === 0) this.#halls.delete(slug);
    else setTimeout(() => void this.#run(slug, hall), roundEveryMs).unref();
  }
}

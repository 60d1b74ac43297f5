import type { PlaceView, RoomView } from '@catraca/api';
import { trpc } from '#lib/trpc.ts';
import { prove } from './queue/place-key.ts';

const tickMs = 1_000;
/** While it is not this buyer's turn, the shop asks this often whether the room is still there. */
const askEveryMs = 15_000;

/** Whether a waiting room lets this buyer reserve now, as the event's page needs to know it. */
export class Turn {
  room = $state.raw<RoomView | null>(null);
  place = $state.raw<PlaceView | null>(null);
  isDesk = $state(false);
  /** ms since 1970, by the server's clock. */
  now = $state(Date.now());
  readonly #slug: string;
  #ahead = 0;
  #askedAt = 0;
  #answer = Promise.resolve();

  constructor(slug: string, room: RoomView | null) {
    this.#slug = slug;
    this.room = room;
  }

  /** How long the turn still runs (ms); 0 where there is none. */
  get remainingMs(): number {
    return this.place?.kind === 'entered' ? Math.max(0, this.place.until - this.now) : 0;
  }

  get mustWait(): boolean {
    return this.room !== null && !this.isDesk && this.remainingMs === 0;
  }

  /** Resolves when the first question was answered: nobody is sent to wait before it is known that they must. */
  known(): Promise<void> {
    return this.#answer;
  }

  /** What shows that the turn is this browser's own; undefined where nobody asks. */
  async prove(): Promise<string | undefined> {
    if (this.room === null || this.isDesk) return undefined;
    return prove(this.#slug, 'hold', Date.now() + this.#ahead);
  }

  /** Gives the turn up; what is held stays held. */
  async leave(): Promise<void> {
    try {
      const proof = await prove(this.#slug, 'leave', Date.now() + this.#ahead);
      await trpc().waitingRoom.leave.mutate({ slug: this.#slug, proof });
    } catch {
      // A turn that is not given up ends by itself.
    }
    await this.#ask();
  }

  /** Asks whose turn it is, and counts down, until the result is called. Without a waiting room it does nothing. */
  start(): () => void {
    if (this.room === null) return () => undefined;
    this.#answer = this.#ask();
    const timer = setInterval(() => {
      this.now = Date.now() + this.#ahead;
      const isDue = Date.now() - this.#askedAt > askEveryMs;
      if (this.mustWait && isDue && document.visibilityState === 'visible') void this.#ask();
    }, tickMs);
    return () => clearInterval(timer);
  }

  async #ask(): Promise<void> {
    this.#askedAt = Date.now();
    try {
      const own = await trpc().waitingRoom.own.query({ slug: this.#slug });
      this.#ahead = own.now - Date.now();
      this.now = own.now;
      this.room = own.room;
      this.place = own.place;
      this.isDesk = own.isDesk;
    } catch {
      // What was known stays; reserving tells the rest.
    }
  }
}

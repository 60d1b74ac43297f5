import type { PlaceView, RoomView } from '@catraca/api';
import { apiError, trpc } from '#lib/trpc.ts';
import { forgetPlaceKey, NoKey, placeKey, prove } from './place-key.ts';

/** The line says something at least every quarter of a minute; silent for longer it is dead. */
const silentMs = 25_000;
/** Without a line the server is asked this often, a little sooner or later so that not all ask at once. */
const askEveryMs = 5_000;
const lineAgainAfterMs = 20_000;
const tickMs = 500;

/** Why there is no place, and whether it is tried again by itself. */
export type PlaceProblem = 'insecure' | 'no_store' | 'network_full' | 'busy' | 'away';

interface Seen {
  now: number;
  room: RoomView | null;
  place: PlaceView | null;
}

/**
 * This browser's place in an event's waiting room: it takes one, hears what happens to it, and goes in. Instants are the
 * server's. Lines that die are made again, and meanwhile the server is asked.
 */
export class OwnPlace {
  room = $state.raw<RoomView | null>(null);
  place = $state.raw<PlaceView | null>(null);
  problem = $state<PlaceProblem | null>(null);
  /** There is no waiting room: the shop is open to all. */
  isOpen = $state(false);
  /** Who sells at the event's desk need not wait. */
  isDesk = $state(false);
  /** ms since 1970, by the server's clock. */
  now = $state(Date.now());
  readonly #slug: string;
  #ahead = 0;
  #line: EventSource | null = null;
  #heardAt = 0;
  #askedAt = 0;
  #linedAt = 0;
  #stopped = false;

  constructor(slug: string, room: RoomView | null) {
    this.#slug = slug;
    this.room = room;
  }

  /** People before this place; null while it does not wait. */
  get before(): number | null {
    if (this.place?.kind !== 'waiting' || !this.room) return null;
    return Math.max(0, this.place.no - this.room.calledNo - 1);
  }

  /** Takes the place, or finds it, and follows it until the result is called. */
  start(): () => void {
    void this.#begin();
    const timer = setInterval(() => this.#tick(), tickMs);
    const again = () => this.#tick();
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      this.#stopped = true;
      clearInterval(timer);
      window.removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
      this.#line?.close();
    };
  }

  /** Goes into the shop. True when it is done. */
  async enter(): Promise<boolean> {
    try {
      const proof = await prove(this.#slug, 'enter', Date.now() + this.#ahead);
      const { until } = await trpc().waitingRoom.enter.mutate({ slug: this.#slug, proof });
      this.place = { kind: 'entered', until };
      return true;
    } catch (error) {
      const refusal = apiError(error)?.refusal;
      if (refusal === 'place_not_yours' || refusal === 'no_place') await this.#join();
      else if (refusal) await this.#ask();
      else this.problem = 'away';
      return false;
    }
  }

  /** Waits once more, with a new place at the end. */
  async again(): Promise<void> {
    await forgetPlaceKey(this.#slug);
    await this.#join();
  }

  async #begin(): Promise<void> {
    this.#askedAt = Date.now();
    try {
      const own = await trpc().waitingRoom.own.query({ slug: this.#slug });
      this.isDesk = own.isDesk;
      if (own.isDesk || !own.room) this.#see(own);
      else await this.#join();
    } catch {
      this.problem = 'away';
    }
  }

  async #join(): Promise<void> {
    const slug = this.#slug;
    try {
      this.#see(await trpc().waitingRoom.join.mutate({ slug, key: await placeKey(slug) }));
      this.#openLine();
    } catch (error) {
      this.#explain(error);
    }
  }

  #explain(error: unknown): void {
    const refusal = apiError(error)?.refusal;
    if (error instanceof NoKey) this.problem = error.why;
    else if (refusal === 'no_waiting_room') this.isOpen = true;
    else if (refusal === 'network_full' || refusal === 'busy') this.problem = refusal;
    else this.problem = 'away';
  }

  #see({ now, room, place }: Seen): void {
    this.#hear(now);
    this.isOpen = room === null;
    this.room = room;
    this.place = place;
  }

  #hear(now: number): void {
    this.#heardAt = Date.now();
    this.#ahead = now - Date.now();
    this.now = now;
    this.problem = null;
  }

  #openLine(): void {
    this.#line?.close();
    this.#linedAt = Date.now();
    const line = new EventSource(`/events/${this.#slug}/queue/live`);
    line.addEventListener('room', ({ data }: MessageEvent<string>) => {
      const { now, ...room } = JSON.parse(data) as RoomView & { now: number };
      this.#hear(now);
      this.room = room;
    });
    line.addEventListener('place', ({ data }: MessageEvent<string>) => {
      this.place = JSON.parse(data) as PlaceView;
    });
    line.addEventListener('closed', () => {
      this.isOpen = true;
      line.close();
    });
    this.#line = line;
  }

  #tick(): void {
    this.now = Date.now() + this.#ahead;
    if (this.#stopped || this.isOpen || this.isDesk) return;
    const at = Date.now();
    const isDead = this.#line?.readyState === EventSource.CLOSED || at - this.#heardAt > silentMs;
    if (!isDead) return;
    if (this.#line && at - this.#linedAt > lineAgainAfterMs) this.#openLine();
    if (at - this.#askedAt > askEveryMs * (0.8 + 0.4 * Math.random())) void this.#ask();
  }

  async #ask(): Promise<void> {
    // What only a person can change is not asked for again and again.
    if (this.problem === 'insecure' || this.problem === 'no_store') return;
    this.#askedAt = Date.now();
    try {
      const own = await trpc().waitingRoom.own.query({ slug: this.#slug });
      if (own.room && !own.place) await this.#join();
      else this.#see(own);
    } catch {
      this.problem = 'away';
    }
  }
}

import { loadVenue, type Venue } from '@catraca/db/gate';
import type { EventId } from '@catraca/domain';
import { describeError, type Log } from '../log.ts';
import type { Pool } from '../pool.ts';

/** Pause (ms) before a venue that could not be read is asked for again. */
const retryMs = 1_000;

/** The events whose scans this process judges, each read once and again when somebody changed it. */
export class Venues {
  readonly #pool: Pool;
  readonly #log: Log;
  readonly #venues = new Map<EventId, Venue>();
  readonly #loading = new Map<EventId, Promise<Venue | undefined>>();
  readonly #onChange = new Set<(venue: Venue) => void>();

  constructor(pool: Pool, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  onChange(listener: (venue: Venue) => void): void {
    this.#onChange.add(listener);
  }

  /** The venue as it is known here; undefined when nobody has asked for it yet. */
  find(eventId: EventId): Venue | undefined {
    return this.#venues.get(eventId);
  }

  /** @throws what the database throws when the venue is not known yet and cannot be read. */
  async get(eventId: EventId): Promise<Venue | undefined> {
    return this.#venues.get(eventId) ?? this.#loading.get(eventId) ?? this.#load(eventId);
  }

  /** Reads again what is kept. It stays in use until the new one is there: a gate does not stop for a change of plan. */
  reload(eventId: EventId): void {
    if (!this.#venues.has(eventId)) return;
    this.#load(eventId)
      .then((venue) => venue && this.#onChange.forEach((listener) => listener(venue)))
      .catch((error: unknown) => {
        this.#log.warn({ eventId: String(eventId), error: describeError(error) }, 'venue not read');
        setTimeout(() => this.reload(eventId), retryMs).unref();
      });
  }

  reloadAll(): void {
    for (const eventId of this.#venues.keys()) this.reload(eventId);
  }

  /** One read at a time for each event, so that the last one asked for is the one that stays. */
  #load(eventId: EventId): Promise<Venue | undefined> {
    const before = this.#loading.get(eventId)?.catch(() => undefined);
    const loading = Promise.resolve(before).then(async () => {
      const venue = await loadVenue(this.#pool.db, eventId);
      if (venue !== undefined) this.#venues.set(eventId, venue);
      return venue;
    });
    this.#loading.set(eventId, loading);
    const forget = () => {
      if (this.#loading.get(eventId) === loading) this.#loading.delete(eventId);
    };
    loading.then(forget, forget);
    return loading;
  }
}

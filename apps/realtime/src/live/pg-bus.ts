import { randomUUID } from 'node:crypto';
import { describeError, type Log } from '../log.ts';
import type { Bus, BusListener, News } from './bus.ts';
import { Messenger } from './messenger.ts';
import { fromWire, parseEnvelope, type Wire } from './news-codec.ts';
import { Outbox } from './outbox.ts';

/** PostgreSQL channel of the buses. */
const liveChannel = 'catraca_live';

/** News are collected for this long (ms): a notification each transaction would cost the database as much as the scans. */
const collectMs = 50;

const beatMs = 1_000;

/** A process that says nothing for this long (ms), while this one hears itself, is taken for dead. */
const silentMs = 3_500;

/** When this process has not heard its own beat for so long (ms), its line is broken, whatever the driver believes. */
const deafMs = 2_500;
const restartAfterMs = 4_000;

interface Sender {
  lastNo: number;
  heardAt: number;
}

/** What the other channel of the same line carries: see `Notice` of @catraca/db. */
export interface NoticeHandlers {
  readonly channel: string;
  readonly heard: (payload: string) => void;
  /** Listening, at the start or again: anything may have been said before. */
  readonly listening: () => void;
  /** The line to the database has gone dead: connections that wait for it wait in vain. */
  readonly dead: () => void;
}

/**
 * The bus over LISTEN and NOTIFY. News are published here at once, and sent to the others every 50 ms in numbered envelopes, so
 * that a lost one is noticed with the next. Every process beats once a second; by its own beat it knows that it hears.
 */
export class PgBus implements Bus {
  readonly #self = randomUUID();
  readonly #outbox = new Outbox(this.#self);
  readonly #log: Log;
  readonly #messenger: Messenger;
  readonly #notices: NoticeHandlers;
  readonly #listeners: BusListener[] = [];
  readonly #senders = new Map<string, Sender>();
  readonly #beat: NodeJS.Timeout;
  #flushing: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #heardSelfAt = Number.NEGATIVE_INFINITY;
  #restartedAt = performance.now();

  constructor(url: string, log: Log, notices: NoticeHandlers) {
    this.#log = log;
    this.#notices = notices;
    this.#messenger = new Messenger(url, [notices.channel, liveChannel], {
      heard: (channel, payload) =>
        channel === liveChannel ? this.#open(payload) : notices.heard(payload),
      listening: () => this.#listening(),
    });
    this.#beat = setInterval(() => this.#tick(), beatMs);
  }

  /** @throws when the database is not there. */
  async start(): Promise<void> {
    await this.#messenger.start();
  }

  /** Whether this process hears what the others say. */
  get isCurrent(): boolean {
    return performance.now() - this.#heardSelfAt < deafMs;
  }

  listen(listener: BusListener): void {
    this.#listeners.push(listener);
  }

  publish(news: News): void {
    for (const listener of this.#listeners) listener.heard(this.#self, news);
    if (this.#outbox.isFull) return this.doubt();
    this.#outbox.add(news);
    this.#flushing ??= setTimeout(() => this.#flush(), collectMs);
  }

  doubt(): void {
    this.#outbox.lose();
    for (const listener of this.#listeners) listener.missed();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#outbox.say('bye');
    this.#flush();
    await this.#sending;
    await this.#messenger.close();
  }

  #listening(): void {
    this.#senders.clear();
    this.#outbox.say('hello');
    this.#flush();
    this.#notices.listening();
    for (const listener of this.#listeners) listener.missed();
  }

  #tick(): void {
    const now = performance.now();
    this.#outbox.say('beat');
    this.#flush();
    for (const [from, { heardAt }] of this.#senders) {
      // Not by the clock: after a pause of this process nothing is heard yet of what the others said meanwhile.
      if (this.#heardSelfAt - heardAt > silentMs) this.#drop(from);
    }
    if (now - Math.max(this.#heardSelfAt, this.#restartedAt) < restartAfterMs) return;
    this.#restartedAt = now;
    this.#notices.dead();
    this.#log.warn('hears nothing on the bus: connecting again');
    this.#messenger.restart().catch((error: unknown) => {
      this.#log.warn({ error: describeError(error) }, 'bus not connected');
    });
  }

  /** Sends what was collected, one envelope after another. */
  #flush(): void {
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    for (const envelope of this.#outbox.take()) {
      this.#sending = this.#messenger.send(liveChannel, envelope).catch((error: unknown) => {
        // Its number is missing now: the others count again.
        this.#log.debug({ error: describeError(error) }, 'news not sent');
      });
    }
  }

  #open(payload: string): void {
    const envelope = parseEnvelope(payload);
    if (envelope === undefined) return this.#log.warn('an envelope of the bus that is none');
    const { from, no, news } = envelope;
    if (from === this.#self) {
      this.#heardSelfAt = performance.now();
      return;
    }
    const known = this.#senders.get(from);
    this.#senders.set(from, { lastNo: no, heardAt: performance.now() });
    if (no !== (known?.lastNo ?? 0) + 1) {
      // Scans that were missed are in the database; what else it said, it says again.
      this.#outbox.say('hello');
      for (const listener of this.#listeners) listener.missed();
    }
    for (const wire of news) this.#deliver(from, wire);
  }

  #deliver(from: string, wire: Wire): void {
    switch (wire.k) {
      case 'beat':
        return;
      case 'hello':
        for (const listener of this.#listeners) listener.joined();
        return;
      case 'bye':
        this.#senders.delete(from);
        for (const listener of this.#listeners) listener.left(from);
        return;
      case 's':
      case 'd': {
        const news = fromWire(wire);
        for (const listener of this.#listeners) listener.heard(from, news);
      }
    }
  }

  /** Its last transactions may be committed without a word of them. */
  #drop(from: string): void {
    this.#senders.delete(from);
    for (const listener of this.#listeners) {
      listener.left(from);
      listener.missed();
    }
  }
}

import { randomUUID } from 'node:crypto';
import { describeError, type Log } from '../log.ts';
import type { Bus, BusListener, News } from './bus.ts';
import { Messenger } from './messenger.ts';
import { envelopeBytesMax, fromWire, parseEnvelope, toWire, type Wire } from './news-codec.ts';

/** PostgreSQL channel of the buses. */
const liveChannel = 'catraca_live';

/** News are collected for this long (ms): a notification each transaction would cost the database as much as the scans. */
const collectMs = 50;

/** Scans of the feed that one flush carries for each event: no wall shows more. */
const feedPerFlushMax = 50;

const beatMs = 1_000;

/** A process that says nothing for this long (ms), while this one hears itself, is taken for dead. */
const silentMs = 3_500;

/** When this process has not heard its own beat for so long (ms), its line is broken, whatever the driver believes. */
const deafMs = 2_500;
const restartAfterMs = 4_000;

/** Pieces of news that wait for a database that is away; with more than that all listeners count again. */
const outboxMax = 1_000;

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
  readonly #log: Log;
  readonly #messenger: Messenger;
  readonly #notices: NoticeHandlers;
  readonly #listeners: BusListener[] = [];
  readonly #senders = new Map<string, Sender>();
  readonly #beat: NodeJS.Timeout;
  #outbox: News[] = [];
  #words: Wire[] = [];
  #flushing: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #no = 0;
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
    this.#outbox.push(news);
    if (this.#outbox.length > outboxMax) this.doubt();
    this.#flushing ??= setTimeout(() => this.#flush(), collectMs);
  }

  doubt(): void {
    // A number that is never sent: the others notice that it is missing.
    this.#no += 1;
    this.#outbox = [];
    for (const listener of this.#listeners) listener.missed();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#words.push({ k: 'bye' });
    this.#flush();
    await this.#sending;
    await this.#messenger.close();
  }

  #listening(): void {
    this.#senders.clear();
    this.#words.push({ k: 'hello' });
    this.#flush();
    this.#notices.listening();
    for (const listener of this.#listeners) listener.missed();
  }

  #tick(): void {
    const now = performance.now();
    this.#words.push({ k: 'beat' });
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
    const wires = [...withShortFeed(this.#outbox).flatMap(toWire), ...this.#words];
    this.#outbox = [];
    this.#words = [];
    for (const envelope of this.#pack(wires)) {
      this.#sending = this.#messenger.send(liveChannel, envelope).catch((error: unknown) => {
        // Its number is missing now: the others count again.
        this.#log.debug({ error: describeError(error) }, 'news not sent');
      });
    }
  }

  #pack(wires: readonly Wire[]): string[] {
    const envelopes: string[] = [];
    let texts: string[] = [];
    let bytes = 0;
    const seal = () => {
      if (texts.length === 0) return;
      this.#no += 1;
      envelopes.push(`{"from":"${this.#self}","no":${this.#no},"news":[${texts.join(',')}]}`);
      texts = [];
      bytes = 0;
    };
    for (const wire of wires) {
      const text = JSON.stringify(wire);
      const size = Buffer.byteLength(text) + 1;
      if (bytes + size > envelopeBytesMax) seal();
      texts.push(text);
      bytes += size;
    }
    seal();
    return envelopes;
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
      this.#words.push({ k: 'hello' });
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

/** Drops the older scans of feeds that are longer than any wall shows. */
function withShortFeed(outbox: readonly News[]): News[] {
  const room = new Map<bigint, number>();
  return outbox
    .toReversed()
    .map((news) => {
      if (news.kind !== 'scans') return news;
      const left = room.get(news.eventId) ?? feedPerFlushMax;
      const feed = left === 0 ? [] : news.feed.slice(-left);
      room.set(news.eventId, left - feed.length);
      return { ...news, feed };
    })
    .toReversed();
}

import { randomUUID } from 'node:crypto';
import { describeError, type Log } from '../log.ts';
import type { Bus, BusListener, News } from './bus.ts';
import type { Carrier } from './carrier.ts';
import { fromWire, parseEnvelope, type Wire } from './news-codec.ts';
import { Outbox } from './outbox.ts';

/** News are collected for this long (ms): a message each transaction would cost the database as much as the scans. */
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

/**
 * A bus over a carrier that may lose things. News are published here at once, and sent to the others every 50 ms in numbered envelopes, so
 * that a lost one is noticed with the next. Every process beats once a second; by its own beat it knows that it hears, and as long
 * as it does not, it misses something.
 */
export class NewsBus implements Bus {
  /** Envelopes sent and heard, and times that something was missed. */
  readonly tally = { sent: 0, heard: 0, missed: 0 };
  readonly #self = randomUUID();
  readonly #outbox = new Outbox(this.#self);
  readonly #log: Log;
  readonly #carrier: Carrier;
  readonly #listeners: BusListener[] = [];
  readonly #senders = new Map<string, Sender>();
  readonly #beat: NodeJS.Timeout;
  #flushing: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  #sending: Promise<void> = Promise.resolve();
  #heardSelfAt = Number.NEGATIVE_INFINITY;
  #restartedAt = performance.now();

  constructor(carrier: Carrier, log: Log) {
    this.#carrier = carrier;
    this.#log = log;
    this.#beat = setInterval(() => this.#tick(), beatMs);
  }

  /** @throws when there is nothing to listen to. */
  async start(): Promise<void> {
    await this.#carrier.start({
      heard: (envelope) => this.#open(envelope),
      listening: () => this.#listening(),
    });
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
    this.#miss();
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#end());
  }

  async #end(): Promise<void> {
    clearInterval(this.#beat);
    this.#outbox.say('bye');
    this.#flush();
    await this.#sending;
    await this.#carrier.close();
  }

  #listening(): void {
    this.#senders.clear();
    this.#outbox.say('hello');
    this.#flush();
    this.#miss();
  }

  #miss(): void {
    this.tally.missed += 1;
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
    if (!this.isCurrent) this.#miss();
    if (now - Math.max(this.#heardSelfAt, this.#restartedAt) < restartAfterMs) return;
    this.#restartedAt = now;
    this.#log.warn('hears nothing on the bus: connecting again');
    this.#carrier.restart().catch((error: unknown) => {
      this.#log.warn({ error: describeError(error) }, 'bus not connected');
    });
  }

  /** Sends what was collected, one envelope after another. */
  #flush(): void {
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    for (const envelope of this.#outbox.take()) {
      this.tally.sent += 1;
      this.#sending = this.#carrier.send(envelope).catch((error: unknown) => {
        // Its number is missing now: the others count again.
        this.#log.debug({ error: describeError(error) }, 'news not sent');
      });
    }
  }

  #open(payload: string): void {
    const envelope = parseEnvelope(payload);
    if (envelope === undefined) return this.#log.warn('an envelope of the bus that is none');
    this.tally.heard += 1;
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
      this.#miss();
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
    for (const listener of this.#listeners) listener.left(from);
    this.#miss();
  }
}

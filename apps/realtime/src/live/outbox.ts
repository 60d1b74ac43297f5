import type { News } from './bus.ts';
import { envelopeBytesMax, toWire, type Wire } from './news-codec.ts';

/** Pieces of news that wait for a database that is away. */
const newsMax = 1_000;

/** Scans of the feed that one flush carries for each event: no wall shows more. */
const feedPerFlushMax = 50;

/** What a process has to say to the others, until it is put into numbered envelopes. */
export class Outbox {
  readonly #from: string;
  #no = 0;
  #news: News[] = [];
  #words: Wire[] = [];

  constructor(from: string) {
    this.#from = from;
  }

  get isFull(): boolean {
    return this.#news.length >= newsMax;
  }

  add(news: News): void {
    this.#news.push(news);
  }

  say(word: 'hello' | 'beat' | 'bye'): void {
    this.#words.push({ k: word });
  }

  /** Throws away what waits, and a number with it, by which the others notice that they missed something. */
  lose(): void {
    this.#no += 1;
    this.#news = [];
  }

  /** All that waits, news before words, in envelopes that are small enough to be sent. */
  take(): string[] {
    const wires = [...withShortFeed(this.#news).flatMap(toWire), ...this.#words];
    this.#news = [];
    this.#words = [];
    const envelopes: string[] = [];
    let texts: string[] = [];
    let bytes = 0;
    for (const text of wires.map((wire) => JSON.stringify(wire))) {
      const size = Buffer.byteLength(text) + 1;
      if (bytes + size > envelopeBytesMax) {
        envelopes.push(this.#seal(texts));
        [texts, bytes] = [[], 0];
      }
      texts.push(text);
      bytes += size;
    }
    return texts.length > 0 ? [...envelopes, this.#seal(texts)] : envelopes;
  }

  #seal(texts: readonly string[]): string {
    this.#no += 1;
    return `{"from":"${this.#from}","no":${this.#no},"news":[${texts.join(',')}]}`;
  }
}

/** Drops the older scans of feeds that are longer than any wall shows. */
function withShortFeed(newsInOrder: readonly News[]): News[] {
  const room = new Map<bigint, number>();
  return newsInOrder
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

import { availabilities, transformer, type StoreBoard } from '@catraca/api';
import { eventMessage } from './event-stream.ts';
import { Topic } from './topic.ts';
import { seatChanges, takenOf, type TakenSeats } from './taken-seats.ts';

/** What pages of the shop are told while they are looked at. */
export class StoreTopics {
  readonly #board: StoreBoard;
  readonly #stock = new Map<string, Topic<string>>();
  readonly #seats = new Map<string, Topic<TakenSeats>>();

  constructor(board: StoreBoard) {
    this.#board = board;
  }

  /** `whole`: what `event.availability` answers. */
  stock(slug: string): Topic<string> {
    return watched(this.#stock, slug, {
      read: async () =>
        transformer.serialize(availabilities(await this.#board.stock(slug), new Date())),
      whole: (rows) => eventMessage('whole', rows),
      change: (before, after) => (before === after ? undefined : eventMessage('whole', after)),
    });
  }

  /** `whole`: the seats that are held and sold, whoever has them; `change`: the seats that went from one state into another. */
  seats(slug: string, typeNo: number): Topic<TakenSeats> {
    return watched(this.#seats, `${typeNo}/${slug}`, {
      read: async () => takenOf(await this.#board.takenSeats(slug, typeNo)),
      whole: (taken) => eventMessage('whole', JSON.stringify([...taken])),
      change: (before, after) => {
        const changes = seatChanges(before, after);
        return changes.length > 0 ? eventMessage('change', JSON.stringify(changes)) : undefined;
      },
    });
  }
}

/** The topic of this key. Those nobody looks at any more are forgotten when a new one comes. */
function watched<Value>(
  topics: Map<string, Topic<Value>>,
  key: string,
  of: ConstructorParameters<typeof Topic<Value>>[0],
): Topic<Value> {
  const known = topics.get(key);
  if (known) return known;
  for (const [other, topic] of topics) if (!topic.isWatched) topics.delete(other);
  const topic = new Topic(of);
  topics.set(key, topic);
  return topic;
}

import { availabilities, eventMessage, transformer, type StoreBoard } from '@catraca/api';
import type { Subscribe } from './event-stream.ts';
import { seatChanges, takenOf, type TakenSeats } from './taken-seats.ts';
import { Topic, type TopicOf } from './topic.ts';

/**
 * What pages of the shop are told while they are looked at. Undefined for what the shop does not have: an address that
 * somebody made up begins nothing.
 */
export class StoreTopics {
  readonly #board: StoreBoard;
  readonly #stock = new Map<string, Topic<string>>();
  readonly #seats = new Map<string, Topic<TakenSeats>>();

  constructor(board: StoreBoard) {
    this.#board = board;
  }

  /** `whole`: what `event.availability` answers. */
  async stock(slug: string): Promise<Subscribe | undefined> {
    if (!(await this.#board.event(slug))) return undefined;
    return watching(this.#stock, slug, {
      read: async () =>
        transformer.serialize(availabilities(await this.#board.stock(slug), new Date())),
      whole: (rows) => eventMessage('whole', rows),
      change: (before, after) => (before === after ? undefined : eventMessage('whole', after)),
    });
  }

  /** `whole`: the seats that are held and sold, whoever has them; `change`: the seats that went from one state into another. */
  async seats(slug: string, typeNo: number): Promise<Subscribe | undefined> {
    const found = await this.#board.event(slug);
    if (!found?.types.some(({ no, seated }) => seated && no === typeNo)) return undefined;
    return watching(this.#seats, `${typeNo}/${slug}`, {
      read: async () => takenOf(await this.#board.takenSeats(slug, typeNo)),
      whole: (taken) => eventMessage('whole', JSON.stringify([...taken])),
      change: (before, after) => {
        const changes = seatChanges(before, after);
        return changes.length > 0 ? eventMessage('change', JSON.stringify(changes)) : undefined;
      },
    });
  }
}

/** Finds or makes the topic of this key when somebody begins to read it; whoever leaves it last takes it away. */
function watching<Value>(
  topics: Map<string, Topic<Value>>,
  key: string,
  of: TopicOf<Value>,
): Subscribe {
  return (reader) => {
    const topic = topics.get(key) ?? new Topic(of);
    topics.set(key, topic);
    const leave = topic.subscribe(reader);
    return () => {
      leave();
      if (!topic.isWatched) topics.delete(key);
    };
  };
}

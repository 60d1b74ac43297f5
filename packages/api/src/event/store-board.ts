import {
  findStoreEvent,
  listSeats,
  listStock,
  listTakenSeats,
  type Db,
  type StockRow,
  type StoreEvent,
  type StoreSeat,
  type TakenSeat,
} from '@catraca/db';
import { Fresh } from '../fresh.ts';

/** With what a page takes to be rendered and sent, nobody sees what is older than a second. */
const maxAgeMs = 500;

/**
 * What the shop shows to everybody, from memory: one for each process, read from the database at most twice a second for each
 * event somebody looks at, however many do. Only for looking; a hold is decided by the stock itself.
 */
export class StoreBoard {
  readonly #events: Fresh<StoreEvent | undefined>;
  readonly #stock: Fresh<StockRow[]>;
  readonly #seats: Fresh<StoreSeat[]>;
  readonly #taken: Fresh<TakenSeat[]>;

  /** `ageMs`: how old (ms) what is shown may be. */
  constructor(db: Db, site: number, ageMs = maxAgeMs) {
    this.#events = new Fresh(ageMs, (slug) => findStoreEvent(db, slug));
    this.#stock = new Fresh(ageMs, (slug) => listStock(db, slug, site));
    this.#seats = new Fresh(ageMs, (key) => listSeats(db, ...typeOf(key), site));
    this.#taken = new Fresh(ageMs, (key) => listTakenSeats(db, ...typeOf(key)));
  }

  /** Undefined when there is none that buyers may see. */
  event(slug: string): Promise<StoreEvent | undefined> {
    return this.#events.get(slug);
  }

  stock(slug: string): Promise<StockRow[]> {
    return this.#stock.get(slug);
  }

  seats(slug: string, typeNo: number): Promise<StoreSeat[]> {
    return this.#seats.get(keyOf(slug, typeNo));
  }

  takenSeats(slug: string, typeNo: number): Promise<TakenSeat[]> {
    return this.#taken.get(keyOf(slug, typeNo));
  }
}

function keyOf(slug: string, typeNo: number): string {
  return `${typeNo}/${slug}`;
}

function typeOf(key: string): [slug: string, typeNo: number] {
  const end = key.indexOf('/');
  return [key.slice(end + 1), Number(key.slice(0, end))];
}

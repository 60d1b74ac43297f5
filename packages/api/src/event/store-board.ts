import {
  findSeatMap,
  findStoreEvent,
  listSeats,
  listStock,
  listTakenSeats,
  type Db,
  type StockRow,
  type StoreEvent,
  type StoreSeat,
  type StoreSeatMap,
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
  readonly #db: Db;
  readonly #site: number;
  readonly #events: Fresh<StoreEvent | undefined>;
  readonly #stock: Fresh<StockRow[]>;
  readonly #seats: Fresh<StoreSeat[]>;
  readonly #maps: Fresh<StoreSeatMap | undefined>;
  readonly #taken: Fresh<TakenSeat[]>;

  /** `ageMs`: how old (ms) what is shown may be. */
  constructor(db: Db, site: number, ageMs = maxAgeMs) {
    this.#db = db;
    this.#site = site;
    this.#events = new Fresh(ageMs);
    this.#stock = new Fresh(ageMs);
    this.#seats = new Fresh(ageMs);
    this.#maps = new Fresh(ageMs);
    this.#taken = new Fresh(ageMs);
  }

  /** Undefined when there is none that buyers may see. */
  event(slug: string): Promise<StoreEvent | undefined> {
    return this.#events.get(slug, () => findStoreEvent(this.#db, slug));
  }

  stock(slug: string): Promise<StockRow[]> {
    return this.#stock.get(slug, () => listStock(this.#db, slug, this.#site));
  }

  seats(slug: string, typeNo: number): Promise<StoreSeat[]> {
    return this.#seats.get(`${typeNo}/${slug}`, () =>
      listSeats(this.#db, slug, typeNo, this.#site),
    );
  }

  /** What is drawn beside the seats; undefined for a hall that nobody drew. */
  seatMap(slug: string): Promise<StoreSeatMap | undefined> {
    return this.#maps.get(slug, () => findSeatMap(this.#db, slug));
  }

  takenSeats(slug: string, typeNo: number): Promise<TakenSeat[]> {
    return this.#taken.get(`${typeNo}/${slug}`, () => listTakenSeats(this.#db, slug, typeNo));
  }

  /** Somebody gave something back and looks at once whether it is there again. */
  forgetTaken(): void {
    this.#stock.forget();
    this.#taken.forget();
  }
}

import type { RouterOutputs } from '@catraca/api';
import {
  checkSeatMap,
  seatsOf,
  type SeatMapDocument,
  type SeatMarks,
} from '@catraca/domain/seat-map';
import { SvelteSet } from 'svelte/reactivity';
import { History } from '../history.svelte.ts';

export type FoundSeatMap = RouterOutputs['seatMap']['get'];
export type SeatType = FoundSeatMap['types'][number];
export type Item = SeatMapDocument['items'][number];
export type Mark = 'outOfSale' | 'accessible' | 'companions';

interface HallState {
  readonly document: SeatMapDocument;
  readonly noSingleSeats: boolean;
}

/** A seat by its place in the drawing: item, row (0 at a table) and place from the left. */
export interface SeatRef {
  item: string;
  row: number;
  place: number;
}

export const refKey = ({ item, row, place }: SeatRef) => `${item}/${row}/${place}`;

/** A hall that is being drawn, every step of which can be undone. Nothing is stored before it is saved as one change. */
export class SeatDraft {
  readonly history: History<HallState>;
  /** Ids of items. */
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** Seats that were picked one by one, by `refKey`. */
  picked = $state.raw<ReadonlyMap<string, SeatRef>>(new Map());
  readonly flaws = new SvelteSet<string>();
  version = $state(0);

  constructor(found: FoundSeatMap) {
    this.history = new History(stateOf(found));
    this.version = found.version;
  }

  get document(): SeatMapDocument {
    return this.history.now.document;
  }

  readonly problems = $derived.by(() => checkSeatMap(this.document));
  readonly seatCount = $derived.by(() => seatsOf(this.document).length);
  readonly selectedItems = $derived.by(() =>
    this.document.items.filter(({ id }) => this.selected.has(id)),
  );

  load(found: FoundSeatMap): void {
    this.history.restart(stateOf(found));
    this.version = found.version;
    this.select([]);
    this.flaws.clear();
  }

  saved(version: number): void {
    this.version = version;
    this.history.markSaved();
  }

  select(ids: Iterable<string>): void {
    this.selected = new Set(ids);
    this.picked = new Map();
  }

  pick(refs: Iterable<SeatRef>): void {
    this.picked = new Map([...refs].map((ref) => [refKey(ref), ref]));
  }

  setDocument(document: SeatMapDocument): void {
    this.select([]);
    this.#change({ document });
  }

  setNoSingleSeats(noSingleSeats: boolean): void {
    this.#change({ noSingleSeats });
  }

  add(item: Item): void {
    this.#setItems([...this.document.items, item]);
    this.select([item.id]);
  }

  changeItem(id: string, change: (item: Item) => Item): void {
    this.#setItems(this.document.items.map((item) => (item.id === id ? change(item) : item)));
  }

  moveSelected(byX: number, byY: number): void {
    if (this.selected.size === 0 || (byX === 0 && byY === 0)) return;
    this.#setItems(
      this.document.items.map((item) =>
        this.selected.has(item.id)
          ? { ...item, x: tenth(item.x + byX), y: tenth(item.y + byY) }
          : item,
      ),
    );
  }

  removeSelected(): void {
    if (this.selected.size === 0) return;
    this.#setItems(this.document.items.filter(({ id }) => !this.selected.has(id)));
    this.select([]);
  }

  duplicateSelected(): void {
    if (this.selected.size === 0) return;
    const names = new Set(this.document.items.map(({ name }) => name));
    const copies = this.selectedItems.map((item) => {
      const name = nextName(item.name, names);
      names.add(name);
      return { ...item, id: newId(), name, x: item.x + 20, y: item.y + 20 };
    });
    this.#setItems([...this.document.items, ...copies]);
    this.select(copies.map(({ id }) => id));
  }

  /** The key of the category that sells this type: one for each type. */
  categoryOf(typeNo: number): string {
    const known = this.document.categories.find((category) => category.typeNo === typeNo);
    if (known) return known.key;
    const key = `type-${typeNo}`;
    this.#change({
      document: { ...this.document, categories: [...this.document.categories, { key, typeNo }] },
    });
    return key;
  }

  /** Marks the picked seats, or takes the mark from them when all have it. */
  mark(mark: Mark): void {
    const refs = [...this.picked.values()];
    const has = refs.every((ref) => marksAt(this.document, ref)?.[mark].includes(ref.place));
    this.#changeMarks((marks, places) => ({
      ...marks,
      [mark]: has
        ? marks[mark].filter((place) => !places.has(place))
        : [...new Set([...marks[mark], ...places])].toSorted((a, b) => a - b),
    }));
  }

  setPickedCategory(key: string): void {
    this.#changeMarks((marks, places) => ({
      ...marks,
      categories: {
        ...marks.categories,
        ...Object.fromEntries([...places].map((place) => [place, key])),
      },
    }));
  }

  clearMarks(): void {
    this.#changeMarks((marks, places) => ({
      categories: Object.fromEntries(
        Object.entries(marks.categories).filter(([place]) => !places.has(Number(place))),
      ),
      outOfSale: marks.outOfSale.filter((place) => !places.has(place)),
      accessible: marks.accessible.filter((place) => !places.has(place)),
      companions: marks.companions.filter((place) => !places.has(place)),
    }));
  }

  #changeMarks(change: (marks: SeatMarks, places: ReadonlySet<number>) => SeatMarks): void {
    const refs = [...this.picked.values()];
    if (refs.length === 0) return;
    const placesIn = (id: string, row: number) =>
      new Set(refs.filter((ref) => ref.item === id && ref.row === row).map(({ place }) => place));
    this.#setItems(
      this.document.items.map((item) => {
        if (item.kind === 'table')
          return { ...item, marks: change(item.marks, placesIn(item.id, 0)) };
        if (item.kind !== 'rows') return item;
        const rows = item.rows.map((row, index) => ({
          ...row,
          marks: change(row.marks, placesIn(item.id, index)),
        }));
        return refs.some((ref) => ref.item === item.id) ? { ...item, rows } : item;
      }),
    );
  }

  #setItems(items: SeatMapDocument['items']): void {
    this.#change({ document: { ...this.document, items } });
  }

  #change(part: Partial<HallState>): void {
    this.history.push({ ...this.history.now, ...part });
  }
}

const emptyHall: SeatMapDocument = {
  format: 1,
  width: 1000,
  height: 700,
  categories: [],
  items: [],
};

function stateOf({ document, noSingleSeats }: FoundSeatMap): HallState {
  return { document: document ?? emptyHall, noSingleSeats };
}

export function marksAt(document: SeatMapDocument, ref: SeatRef): SeatMarks | undefined {
  const item = document.items.find(({ id }) => id === ref.item);
  if (item?.kind === 'rows') return item.rows[ref.row]?.marks;
  return item?.kind === 'table' ? item.marks : undefined;
}

/** What a seat is sold as: its own category, or that of its section or table. */
export function categoryAt(document: SeatMapDocument, ref: SeatRef): string {
  const item = document.items.find(({ id }) => id === ref.item);
  if (item?.kind !== 'rows' && item?.kind !== 'table') return '';
  return marksAt(document, ref)?.categories[ref.place] ?? item.category;
}

export function newId(): string {
  return crypto.randomUUID().slice(0, 8);
}

/** `Table 3` after `Table 2`; `Stalls 2` after `Stalls`. */
function nextName(name: string, taken: ReadonlySet<string>): string {
  const found = /^(.*?)\s*(\d+)$/.exec(name);
  const [stem, from] = found ? [found[1] ?? name, Number(found[2])] : [name, 1];
  for (let no = from + 1; ; no++) {
    const next = `${stem} ${no}`;
    if (!taken.has(next)) return next;
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

import {
  atBeginning,
  firstAuthority,
  newLicence,
  type AreaId,
  type Authority,
  type Crossing,
  type Cursor,
  type Ending,
  type Licence,
  type PassId,
  type PassStatus,
  type ScanId,
  type Seals,
  type Site,
  type Stock,
  type Verdict,
} from '../../src/index.ts';
import type { Grant, Name, SalesFact, ScanBody, ScanFact } from './facts.ts';
import { seats, soldTypes } from './scene.ts';

/** All a site knows of a pass. A part of it may come before the sale itself. */
export interface PassRow {
  /** Null until its sale or grant is known. */
  typeNo: number | null;
  grant: Grant | null;
  seat: number | null;
  paymentId: string | null;
  status: PassStatus;
  name: Name | null;
  mediumNo: number;
}

export interface Payment {
  /** The site that took the money, 0 until its sale is known. */
  site: number;
  refund: 'none' | 'asked' | 'carried_out';
  typeNo: number;
  tickets: { passId: PassId; seat: number | null }[];
}

export interface Hold {
  readonly typeNo: number;
  readonly units: number;
  readonly seats: readonly number[];
}

/** The facts of one author. */
export interface Journal {
  sales: SalesFact[];
  scans: ScanFact[];
}

export interface LoggedFact extends ScanBody {
  /** Its author and its number in the author's scans. */
  readonly site: number;
  readonly no: number;
}

/** What a site's database keeps: plain data, changed in transactions only. */
export interface Store {
  readonly site: Site;
  readonly pairing: string;
  counter: number;
  /** Its own facts and those it took, by author. */
  journals: Map<number, Journal>;
  /** The other site of the event; the cloud has none before a venue is paired. */
  partner: Site | null;
  /** At the cloud: of each venue it knows. */
  licences: Map<number, Licence>;
  /** At a venue. */
  seals: Seals;
  stocks: Stock[];
  freeSeats: Set<number>;
  holds: Hold[];
  /** At the cloud: what its partner has free of each type, as far as it knows. */
  partnerFree: number[];
  passes: Map<PassId, PassRow>;
  payments: Map<string, Payment>;
  authority: Authority;
  heads: Map<PassId, Crossing>;
  logs: Map<PassId, LoggedFact[]>;
  verdicts: Map<ScanId, Verdict>;
  occupancy: Map<AreaId, number>;
  endings: Map<PassId, Ending[]>;
}

const cloud: Site = { no: 1, kind: 'cloud' };

export function newStore(site: Site, pairing: string, partner: Site | null): Store {
  const hasAll = site.kind === 'cloud';
  return {
    site,
    pairing,
    counter: 100,
    journals: new Map([[site.no, { sales: [], scans: [] }]]),
    partner,
    licences: new Map(),
    seals: { seal: pairing, next: null, fenced: false },
    stocks: soldTypes.map(({ capacity }) => ({
      quantity: hasAll ? capacity : 0,
      held: 0,
      sold: 0,
    })),
    freeSeats: new Set(hasAll ? seats : []),
    holds: [],
    partnerFree: soldTypes.map(() => 0),
    passes: new Map(),
    payments: new Map(),
    authority: firstAuthority(cloud),
    heads: new Map(),
    logs: new Map(),
    verdicts: new Map(),
    occupancy: new Map(),
    endings: new Map(),
  };
}

export function newCloud(): Store {
  return newStore(cloud, 'cloud', null);
}

/** At the cloud: a venue is paired, as a site of its own. The one before is over, and so is what it had. */
export function pairVenue(store: Store, pairing: string, writesOff: boolean): Store {
  const no = 2 + store.licences.size;
  for (const [site, licence] of store.licences) {
    store.licences.set(site, { ...licence, fenced: true });
  }
  store.licences.set(no, newLicence(pairing));
  store.partner = { no, kind: 'venue' };
  const lost = store.partnerFree;
  store.partnerFree = soldTypes.map(() => 0);
  if (!writesOff) {
    store.stocks = store.stocks.map((stock, typeNo) => ({
      ...stock,
      quantity: stock.quantity + (lost[typeNo] ?? 0),
    }));
  }
  return newStore(store.partner, pairing, cloud);
}

export function journalOf(store: Store, author: number): Journal {
  const known = store.journals.get(author);
  if (known !== undefined) return known;
  const journal: Journal = { sales: [], scans: [] };
  store.journals.set(author, journal);
  return journal;
}

export const ownJournal = (store: Store): Journal => journalOf(store, store.site.no);

export type Stream = keyof Journal;
export const streams: readonly Stream[] = ['sales', 'scans'];

/** Where this store is in a stream: behind its last fact. */
export function cursorOf(store: Store, author: number, stream: Stream): Cursor {
  const last = store.journals.get(author)?.[stream].at(-1);
  return last === undefined ? atBeginning : { no: last.no, id: last.id };
}

export const scansNoOf = (store: Store) => (author: number) => cursorOf(store, author, 'scans').no;

export function passRow(store: Store, passId: PassId): PassRow {
  const known = store.passes.get(passId);
  if (known !== undefined) return known;
  const row: PassRow = {
    typeNo: null,
    grant: null,
    seat: null,
    paymentId: null,
    status: 'valid',
    name: null,
    mediumNo: 0,
  };
  store.passes.set(passId, row);
  return row;
}

/** As a backup is: nothing that changes is shared with the original. Facts, and what stands in them, never change. */
export function copyStore(store: Store): Store {
  return {
    ...store,
    journals: copyMap(store.journals, ({ sales, scans }) => ({
      sales: [...sales],
      scans: [...scans],
    })),
    licences: new Map(store.licences),
    stocks: [...store.stocks],
    freeSeats: new Set(store.freeSeats),
    holds: [...store.holds],
    partnerFree: [...store.partnerFree],
    passes: copyMap(store.passes, (row) => ({ ...row })),
    payments: copyMap(store.payments, (payment) => ({ ...payment })),
    heads: new Map(store.heads),
    logs: copyMap(store.logs, (log) => [...log]),
    verdicts: new Map(store.verdicts),
    occupancy: new Map(store.occupancy),
    endings: copyMap(store.endings, (endings) => [...endings]),
  };
}

function copyMap<Key, Value>(map: Map<Key, Value>, copy: (value: Value) => Value): Map<Key, Value> {
  return new Map([...map].map(([key, value]) => [key, copy(value)]));
}

import type { RouterOutputs } from '@catraca/api';
import { entriesMax, minorDigits, parseMoney, type EntryPolicy } from '@catraca/domain';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { readWords, wordsDraft, type WordsDraft } from '../../words-draft.ts';
import { gridOf, momentText, plainGrid, readGrid, readMoment, type Grid } from './grid.ts';

export type PassType = RouterOutputs['passType']['list']['types'][number];
export type SetUp = RouterOutputs['event']['setUp'];

/** A type's form as it is typed. */
export interface TypeDraft {
  name: WordsDraft;
  description: WordsDraft;
  colour: string;
  price: string;
  fee: string;
  /** Percent. */
  tax: string;
  quantity: string;
  unitsPerOrder: string;
  passesPerUnit: string;
  saleStartsAt: string;
  saleEndsAt: string;
  hidden: boolean;
  channels: ('web' | 'desk')[];
  policy: EntryPolicy['kind'];
  entries: string;
  grid: Grid;
}

/** Distinct at a glance, by day and by night. */
const colours = ['#1d4ed8', '#c2410c', '#15803d', '#7e22ce', '#be123c', '#0e7490', '#a16207'];

/** Areas that a type can open: `outside` is everybody's. */
export function openable({ areas }: SetUp) {
  return areas.filter(({ no }) => no > 0);
}

/** A new type opens everything until somebody says less. */
export function newTypeDraft(setUp: SetUp, count: number): TypeDraft {
  const areaIds = openable(setUp).map(({ id }) => id);
  return {
    ...{ name: wordsDraft(), description: wordsDraft() },
    colour: colours[count % colours.length] ?? '#1d4ed8',
    ...{ price: '', fee: '', tax: '', quantity: '' },
    ...{ unitsPerOrder: '10', passesPerUnit: '1', saleStartsAt: '', saleEndsAt: '' },
    ...{ hidden: false, channels: ['web', 'desk'], policy: 'reentry', entries: '2' },
    grid: plainGrid(areaIds, setUp.days, true),
  };
}

export function typeDraft(type: PassType, setUp: SetUp): TypeDraft {
  const { timeZone, currency, days } = setUp;
  const areaIds = openable(setUp).map(({ id }) => id);
  const moment = (at: Date | null) => (at ? momentText(at, timeZone) : '');
  return {
    name: wordsDraft(type.name),
    description: wordsDraft(type.description),
    colour: type.colour,
    price: amountText(type.priceMinor, currency),
    fee: type.feeMinor > 0 ? amountText(type.feeMinor, currency) : '',
    tax: type.taxBasisPoints > 0 ? decimal(type.taxBasisPoints / 100, 2) : '',
    quantity: String(type.quantity),
    unitsPerOrder: String(type.unitsPerOrderMax),
    passesPerUnit: String(type.passesPerUnit),
    ...{ saleStartsAt: moment(type.saleStartsAt), saleEndsAt: moment(type.saleEndsAt) },
    ...{ hidden: type.hidden, channels: [...type.channels] },
    ...{ policy: type.policyKind, entries: String(type.policyCount ?? 2) },
    grid: gridOf(type.openings, areaIds, days, timeZone),
  };
}

/** `12,50`: an amount as people of this language type it. */
export function amountText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return decimal(minor / 10 ** digits, digits, minor % 10 ** digits === 0 ? 0 : digits);
}

function decimal(value: number, most: number, least = 0): string {
  const digits = { maximumFractionDigits: most, minimumFractionDigits: least };
  return new Intl.NumberFormat(getLocale(), { useGrouping: false, ...digits }).format(value);
}

/** The type as the API takes it, or what is wrong with each field. */
export function readType(
  draft: TypeDraft,
  setUp: SetUp,
  kind: 'ticket' | 'credential',
): { errors: Record<string, string> } | { values: ReturnType<typeof valuesOf> } {
  const reader = new Reader(draft, setUp);
  const values = valuesOf(reader, draft, setUp, kind);
  return Object.keys(reader.errors).length > 0 ? { errors: reader.errors } : { values };
}

function valuesOf(reader: Reader, draft: TypeDraft, setUp: SetUp, kind: 'ticket' | 'credential') {
  const isTicket = kind === 'ticket';
  const { languages, timeZone, days } = setUp;
  const name = readWords(draft.name, languages);
  if (name.en === '') reader.errors['name'] = m.setup_name_missing();
  const policy: EntryPolicy =
    draft.policy === 'n_times'
      ? { kind: 'n_times', n: reader.whole('entries', 1, entriesMax) }
      : { kind: draft.policy };
  const areaIds = openable(setUp).map(({ id }) => id);
  const grid = readGrid(draft.grid, areaIds, days, timeZone);
  if (!grid.ok) reader.errors['grid'] = grid.key;
  const [saleStartsAt, saleEndsAt] = [reader.moment('saleStartsAt'), reader.moment('saleEndsAt')];
  if (saleStartsAt && saleEndsAt && saleStartsAt >= saleEndsAt) {
    reader.errors['saleEndsAt'] = m.setup_sale_ends_early();
  }
  return {
    quantity: isTicket ? reader.whole('quantity', 0, 2_000_000) : null,
    values: {
      name,
      description: readWords(draft.description, languages),
      colour: draft.colour,
      policy,
      priceMinor: isTicket ? reader.money('price') : 0,
      feeMinor: isTicket ? reader.money('fee') : 0,
      taxBasisPoints: isTicket ? reader.percent('tax') : 0,
      passesPerUnit: isTicket ? reader.whole('passesPerUnit', 1, 50) : 1,
      unitsPerOrderMax: isTicket ? reader.whole('unitsPerOrder', 1, 50) : 10,
      ...{ saleStartsAt, saleEndsAt },
      hidden: draft.hidden,
      channels: [...draft.channels],
      openings: grid.ok ? grid.openings : [],
    },
  };
}

/** Reads typed numbers, and notes what cannot be read. */
class Reader {
  readonly errors: Record<string, string> = {};
  readonly #draft: TypeDraft;
  readonly #setUp: SetUp;

  constructor(draft: TypeDraft, setUp: SetUp) {
    this.#draft = draft;
    this.#setUp = setUp;
  }

  whole(
    field: 'quantity' | 'unitsPerOrder' | 'passesPerUnit' | 'entries',
    min: number,
    max: number,
  ) {
    const text = this.#draft[field].trim();
    const value = Number(text);
    if (text === '' || !Number.isInteger(value) || value < min || value > max) {
      this.errors[field] = m.admin_room_number_wrong({ min, max });
    }
    return value;
  }

  /** Nothing is free. */
  money(field: 'price' | 'fee'): number {
    const text = this.#draft[field].trim();
    if (text === '') return 0;
    const read = parseMoney(text, this.#setUp.currency, getLocale());
    if (!read.ok)
      this.errors[field] = m.setup_price_wrong({ example: amountText(1250, this.#setUp.currency) });
    return read.ok ? read.value.minor : 0;
  }

  percent(field: 'tax'): number {
    const text = this.#draft[field].trim().replace(',', '.');
    const value = text === '' ? 0 : Number(text) * 100;
    if (!(value >= 0 && value <= 10_000)) this.errors[field] = m.setup_tax_wrong();
    return Math.round(value);
  }

  moment(field: 'saleStartsAt' | 'saleEndsAt'): Date | null {
    const text = this.#draft[field];
    return text === '' ? null : (readMoment(text, this.#setUp.timeZone) ?? null);
  }
}

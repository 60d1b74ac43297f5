import type { PassId } from '@catraca/domain';
import {
  barcodeAt,
  passIdAt,
  type PassRecord,
  passRecordBytes,
  readPassRecord,
  writePassRecord,
} from './pass-record.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Passes in the memory of a device: the records as they came, looked up where they lie, and what was new since beside them. */
export class PassTable {
  readonly #records: Bytes;
  readonly #view: DataView;
  /** Places of the records that have a barcode, sorted by it. */
  readonly #byBarcode: Uint32Array;
  readonly #newer = new Map<PassId, PassRecord>();
  readonly #newerBarcodes = new Map<number, PassId>();

  /** `records` as `parseBundle` gives them. */
  constructor(records: Bytes) {
    this.#records = records;
    this.#view = new DataView(records.buffer, records.byteOffset, records.length);
    this.#byBarcode = sortByBarcode(this.#view);
  }

  /** How many records lie beside the others. */
  get newer(): number {
    return this.#newer.size;
  }

  /** What the table keeps for its records, bytes; without those that came since. */
  get bytes(): number {
    return this.#records.length + this.#byBarcode.byteLength;
  }

  find(passId: PassId): PassRecord | undefined {
    const newer = this.#newer.get(passId);
    if (newer !== undefined) return newer;
    const place = this.#placeOf(passId);
    return place === undefined ? undefined : this.#at(place);
  }

  /** By the 14 random digits of a living barcode, as a number. */
  findByBarcode(barcode: number): PassRecord | undefined {
    const passId = this.#newerBarcodes.get(barcode) ?? this.#passOfBarcode(barcode);
    const pass = passId === undefined ? undefined : this.find(passId);
    // It may have been replaced since.
    return pass?.barcode === barcode ? pass : undefined;
  }

  /** Takes records over those that are here. Of two crossings the one of the higher number is the later one, whoever brought it. */
  apply(records: Bytes): void {
    const view = new DataView(records.buffer, records.byteOffset, records.length);
    for (let offset = 0; offset < records.length; offset += passRecordBytes) {
      const record = readPassRecord(view, offset);
      const last = this.find(record.passId)?.last ?? null;
      const isEarlier = last !== null && last.crossingNo > (record.last?.crossingNo ?? 0);
      this.put(isEarlier ? { ...record, last } : record);
    }
  }

  /** Hands on to another table, of the same passes, the crossings beside the others that are later than those it has. */
  keepCrossings(other: PassTable): void {
    for (const { passId, last } of this.#newer.values()) {
      const record = other.find(passId);
      if (record && last && last.crossingNo > (record.last?.crossingNo ?? 0)) {
        other.put({ ...record, last });
      }
    }
  }

  put(record: PassRecord): void {
    this.#newer.set(record.passId, record);
    if (record.barcode !== null) this.#newerBarcodes.set(record.barcode, record.passId);
  }

  /** All of it as records again, sorted. */
  merged(): Bytes {
    const newer = [...this.#newer.values()].sort((a, b) => (a.passId < b.passId ? -1 : 1));
    const added = newer.filter(({ passId }) => this.#placeOf(passId) === undefined);
    const merged = new Uint8Array(this.#records.length + added.length * passRecordBytes);
    let from = 0;
    let to = 0;
    const copyUntil = (end: number) => {
      merged.set(this.#records.subarray(from, end), to);
      to += end - from;
      from = end;
    };
    for (const record of newer) {
      const place = this.#firstFrom(record.passId);
      copyUntil(place * passRecordBytes);
      merged.set(writePassRecord(record), to);
      to += passRecordBytes;
      if (this.#idAt(place) === record.passId) from += passRecordBytes;
    }
    copyUntil(this.#records.length);
    return merged;
  }

  get #count(): number {
    return this.#records.length / passRecordBytes;
  }

  #at(place: number): PassRecord {
    return readPassRecord(this.#view, place * passRecordBytes);
  }

  #idAt(place: number): bigint | undefined {
    return place < this.#count ? passIdAt(this.#view, place * passRecordBytes) : undefined;
  }

  #placeOf(passId: PassId): number | undefined {
    const place = this.#firstFrom(passId);
    return this.#idAt(place) === passId ? place : undefined;
  }

  /** The place of the first record whose id is this or higher. */
  #firstFrom(passId: PassId): number {
    return firstWhere(this.#count, (place) => (this.#idAt(place) ?? passId) >= passId);
  }

  #passOfBarcode(barcode: number): PassId | undefined {
    const codeAt = (i: number) =>
      barcodeAt(this.#view, (this.#byBarcode[i] ?? 0) * passRecordBytes);
    const i = firstWhere(this.#byBarcode.length, (at) => (codeAt(at) ?? barcode) >= barcode);
    const place = this.#byBarcode[i];
    return place !== undefined && codeAt(i) === barcode ? this.#at(place).passId : undefined;
  }
}

/** The first of 0 to `count` - 1 for which it holds, `count` for none. It holds for all after one for which it does. */
function firstWhere(count: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sortByBarcode(view: DataView): Uint32Array {
  const count = view.byteLength / passRecordBytes;
  const codes = new Float64Array(count);
  const places: number[] = [];
  for (let place = 0; place < count; place++) {
    const barcode = barcodeAt(view, place * passRecordBytes);
    if (barcode === null) continue;
    codes[place] = barcode;
    places.push(place);
  }
  return Uint32Array.from(places).sort((a, b) => (codes[a] ?? 0) - (codes[b] ?? 0));
}

import { type PassId, passStatuses, type PassStatus, toId } from '@catraca/domain';

/** The last crossing of a pass, as a device alone needs it. */
export interface RecordedCrossing {
  /** 1 or more. */
  readonly crossingNo: number;
  /** Seconds since 1970. */
  readonly at: number;
  /** The number of the area it led to. */
  readonly areaNo: number;
  readonly verdict: 'admitted' | 'exited';
  readonly entries: number;
  readonly day: number;
  readonly dayEntries: number;
  /** The number of the checkpoint. */
  readonly checkpointNo: number;
}

/** A pass as it travels to devices: nothing of a person. Numbers are those of the bundle's rules. */
export interface PassRecord {
  readonly passId: PassId;
  readonly typeNo: number;
  readonly status: PassStatus;
  /** Number of its living QR medium; 0 for none. */
  readonly qrNo: number;
  /** The 14 random digits of its living barcode as a number; null for none. */
  readonly barcode: number | null;
  readonly last: RecordedCrossing | null;
}

/**
 * Bytes of a record. Big endian: passId u64, typeNo u16, status u8 (as in `passStatuses`), qrNo u8, barcode u48 (all ones for none),
 * crossingNo u32 (0 for none, and then only zeros follow), at u32, areaNo u8, day u8 (the high bit for an exit), entries u16,
 * dayEntries u16, checkpointNo u16.
 */
export const passRecordBytes = 34;

/** Where a field begins. */
const field = {
  passId: 0,
  typeNo: 8,
  status: 10,
  qrNo: 11,
  barcodeHigh: 12,
  barcodeLow: 14,
  crossingNo: 18,
  at: 22,
  areaNo: 26,
  day: 27,
  entries: 28,
  dayEntries: 30,
  checkpointNo: 32,
} as const;

const exitBit = 0x80;
const lowWord = 0x1_0000_0000;
const noBarcode = 0xffff_ffff_ffff;
/** 14 digits. */
const barcodesMax = 1e14;

/** The id alone, which the records are sorted by. */
export function passIdAt(view: DataView, offset: number): bigint {
  return view.getBigUint64(offset + field.passId);
}

/** The barcode alone; null for none. */
export function barcodeAt(view: DataView, offset: number): number | null {
  const high = view.getUint16(offset + field.barcodeHigh);
  const value = high * lowWord + view.getUint32(offset + field.barcodeLow);
  return value === noBarcode ? null : value;
}

/** Whether these bytes can be a record. Ids of types, areas and checkpoints are not looked at: rules come and go. */
export function isRecord(view: DataView, offset: number): boolean {
  const barcode = barcodeAt(view, offset);
  if (view.getUint8(offset + field.status) >= passStatuses.length) return false;
  if (barcode !== null && barcode >= barcodesMax) return false;
  if (view.getUint32(offset + field.crossingNo) > 0) return true;
  for (let at = offset + field.at; at < offset + passRecordBytes; at++) {
    if (view.getUint8(at) !== 0) return false;
  }
  return true;
}

/** Of bytes that `isRecord` was asked about. */
export function readPassRecord(view: DataView, offset: number): PassRecord {
  return {
    passId: toId<PassId>(passIdAt(view, offset)),
    typeNo: view.getUint16(offset + field.typeNo),
    status: passStatuses[view.getUint8(offset + field.status)] ?? 'blocked',
    qrNo: view.getUint8(offset + field.qrNo),
    barcode: barcodeAt(view, offset),
    last: readCrossing(view, offset),
  };
}

function readCrossing(view: DataView, offset: number): RecordedCrossing | null {
  const crossingNo = view.getUint32(offset + field.crossingNo);
  if (crossingNo === 0) return null;
  const day = view.getUint8(offset + field.day);
  return {
    crossingNo,
    at: view.getUint32(offset + field.at),
    areaNo: view.getUint8(offset + field.areaNo),
    verdict: (day & exitBit) === 0 ? 'admitted' : 'exited',
    entries: view.getUint16(offset + field.entries),
    day: day & ~exitBit,
    dayEntries: view.getUint16(offset + field.dayEntries),
    checkpointNo: view.getUint16(offset + field.checkpointNo),
  };
}

export function writePassRecord(record: PassRecord): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(passRecordBytes);
  const view = new DataView(bytes.buffer);
  const barcode = record.barcode ?? noBarcode;
  view.setBigUint64(field.passId, record.passId);
  view.setUint16(field.typeNo, record.typeNo);
  view.setUint8(field.status, passStatuses.indexOf(record.status));
  view.setUint8(field.qrNo, record.qrNo);
  view.setUint16(field.barcodeHigh, Math.floor(barcode / lowWord));
  view.setUint32(field.barcodeLow, barcode % lowWord);
  if (record.last !== null) writeCrossing(view, record.last);
  return bytes;
}

function writeCrossing(view: DataView, last: RecordedCrossing): void {
  view.setUint32(field.crossingNo, last.crossingNo);
  view.setUint32(field.at, last.at);
  view.setUint8(field.areaNo, last.areaNo);
  view.setUint8(field.day, last.day | (last.verdict === 'exited' ? exitBit : 0));
  view.setUint16(field.entries, last.entries);
  view.setUint16(field.dayEntries, last.dayEntries);
  view.setUint16(field.checkpointNo, last.checkpointNo);
}

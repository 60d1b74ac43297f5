import type { Parsed } from '@catraca/domain';
import { type BundleHead, bundleHeadSchema } from './bundle-head.ts';
import { isRecord, passIdAt, passRecordBytes } from './pass-record.ts';

/** `CTB` and the version of the format. */
const mark = Uint8Array.of(0x43, 0x54, 0x42, 1);
const lengthBytes = 4;

/** What a device needs to decide alone, or what is new of it. */
export interface Bundle {
  readonly head: BundleHead;
  /** Records of passes, sorted by their ids, one after the other. */
  readonly records: Uint8Array<ArrayBuffer>;
}

/** `other_version`: ours, of a version this reader does not know. */
export type BundleProblem = 'malformed' | 'other_version';

/** The mark, the length of the head in bytes (u32, big endian), the head as JSON in UTF-8, the records. */
export function bundlePrefix(head: BundleHead): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const prefix = new Uint8Array(mark.length + lengthBytes + json.length);
  prefix.set(mark);
  new DataView(prefix.buffer).setUint32(mark.length, json.length);
  prefix.set(json, mark.length + lengthBytes);
  return prefix;
}

/** Strict and total: what is wrong anywhere is refused as a whole, since a device will trust it for hours. */
export function parseBundle(bytes: Uint8Array<ArrayBuffer>): Parsed<Bundle, BundleProblem> {
  const malformed = { ok: false, problem: 'malformed' } as const;
  const start = mark.length + lengthBytes;
  if (bytes.length < start || !mark.subarray(0, 3).every((byte, i) => bytes[i] === byte)) {
    return malformed;
  }
  if (bytes[3] !== mark[3]) return { ok: false, problem: 'other_version' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = start + view.getUint32(mark.length);
  if (end > bytes.length) return malformed;
  const head = parseHead(bytes.subarray(start, end));
  // A copy, so that the records can be handed on without the rest.
  const records = bytes.slice(end);
  return head === undefined || !areRecords(records)
    ? malformed
    : { ok: true, value: { head, records } };
}

function parseHead(bytes: Uint8Array): BundleHead | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return bundleHeadSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whole records of passes in the order of their ids, none twice. */
export function areRecords(records: Uint8Array<ArrayBuffer>): boolean {
  if (records.length % passRecordBytes !== 0) return false;
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  let before = 0n;
  for (let offset = 0; offset < records.length; offset += passRecordBytes) {
    const id = passIdAt(view, offset);
    if (id <= before || !isRecord(view, offset)) return false;
    before = id;
  }
  return true;
}

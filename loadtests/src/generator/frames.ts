import assert from 'node:assert/strict';

/*
 * RFC 6455 as far as a benchmark's client needs it: whole messages, no extensions. Our own, because a
 * general client spends more on a message than the server it is to measure: the frames of a run are written before it
 * starts, and reading one is finding its length.
 */

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

const lastFragment = 0x80;
const masked = 0x80;

/**
 * A client's frame. The mask is four zeros: the server unmasks it like any other, and the payload stands in the frame as it is.
 * (A mask is drawn at random to protect proxies from pages, of which there are none here.)
 */
export function encodeFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  assert(length < 65_536, 'a frame of a scanner is small');
  const head = length < 126 ? [masked | length] : [masked | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([lastFragment | opcode, ...head, 0, 0, 0, 0]), payload]);
}

export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** Where the next frame begins. */
  readonly end: number;
}

/** The first frame of a server in these bytes; undefined when it is not all there yet. */
export function decodeFrame(bytes: Buffer): ServerFrame | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes.readUInt8(0);
  const size = bytes.readUInt8(1);
  assert((first & lastFragment) !== 0 && (size & masked) === 0, 'servers send whole, plain frames');
  const start = size < 126 ? 2 : size === 126 ? 4 : 10;
  if (bytes.length < start) return undefined;
  const length =
    size < 126 ? size : size === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const end = start + length;
  if (bytes.length < end) return undefined;
  return { opcode: first & 0x0f, payload: bytes.subarray(start, end), end };
}

/** The few shapes of DER (X.690) that certificates are made of. Each function returns one encoded value. */

const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

function encode(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = bigEndian(length);
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function bigEndian(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from(bytes);
}

export const sequence = (...items: readonly Uint8Array[]) => encode(tags.sequence, ...items);
export const set = (...items: readonly Uint8Array[]) => encode(tags.set, ...items);
export const octetString = (bytes: Uint8Array) => encode(tags.octetString, bytes);
export const utf8String = (text: string) => encode(tags.utf8String, Buffer.from(text));
export const yes = Buffer.from([0x01, 0x01, 0xff]);

/** A whole number that is not negative, big-endian. */
export function integer(bytes: Uint8Array): Buffer {
  const isHigh = ((bytes[0] ?? 0) & 0x80) !== 0;
  return encode(tags.integer, Buffer.from(isHigh ? [0] : []), bytes);
}

/** `unused`: how many bits of the last byte do not count. */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return encode(tags.bitString, Buffer.from([unused]), bytes);
}

/** Such as `2.5.29.17`. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(tags.objectId, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest % 128) | 0x80);
  }
  return bytes;
}

/** To the second. RFC 5280: years to 2049 have two digits. */
export function time(instant: Date): Buffer {
  const digits = instant.toISOString().replace(/[-:T]|\.\d+/g, '');
  return instant.getUTCFullYear() < 2050
    ? encode(tags.utcTime, Buffer.from(digits.slice(2)))
    : encode(tags.generalizedTime, Buffer.from(digits));
}

/** A field with a number of its own, whose content is `items`. */
export function tagged(no: number, ...items: readonly Uint8Array[]): Buffer {
  return encode(0xa0 | no, ...items);
}

/** A field with a number of its own in place of its type's tag. */
export function implicit(no: number, content: Uint8Array): Buffer {
  return encode(0x80 | no, content);
}

import { parseBarcode, type BarcodeNumber } from '../barcode/barcode.ts';
import { base32Alphabet, base32Decode, base32Encode } from './base32.ts';
import { claimsBytesLength, decodeClaims, encodeClaims } from './claims-codec.ts';
import type { PassClaims } from './claims.ts';

/** First letters of every token, so that a reader knows ours at a glance. */
export const tokenPrefix = 'CT';
/** Ed25519. */
export const signatureLength = 64;
/** `CT` and 95 bytes in base32: the most upper-case alphanumerics a QR code of version 6 holds at level M. */
export const tokenLength = 154;

/** A code of our shape, not yet verified. */
export interface TokenCode {
  readonly kind: 'token';
  /** As we print it: upper case, no white space. Two tokens are the same when their texts are. */
  readonly text: string;
  readonly claims: PassClaims;
  /** 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>;
  /** What the signature is over: the domain's name and the claims' bytes. */
  readonly signedBytes: Uint8Array<ArrayBuffer>;
}

/**
 * What a reader read.
 * `forged`: our shape with claims that no key of ours ever signs (verdict `bad_signature`). `unknown`: not ours.
 */
export type ParsedCode =
  | TokenCode
  | { readonly kind: 'barcode'; readonly number: BarcodeNumber }
  | { readonly kind: 'forged' }
  | { readonly kind: 'unknown' };

/** Signed before the claims, so that this key's signature of anything else can never pass for a pass. */
const domainName = new TextEncoder().encode('catraca-pass-v1');
const tokenShape = new RegExp(`^${tokenPrefix}[${base32Alphabet}]{${tokenLength - 2}}$`, 'i');

/** Tells what a code is; total: any text has an answer. Case and surrounding white space do not matter. */
export function parseCode(text: string): ParsedCode {
  const code = text.trim();
  if (tokenShape.test(code)) return parseToken(code.toUpperCase());
  const barcode = parseBarcode(code);
  return barcode.ok ? { kind: 'barcode', number: barcode.value } : { kind: 'unknown' };
}

function parseToken(text: string): ParsedCode {
  const bytes = base32Decode(text, tokenPrefix.length);
  const claimsBytes = bytes.subarray(0, claimsBytesLength);
  const claims = decodeClaims(claimsBytes);
  if (claims === undefined) return { kind: 'forged' };
  return {
    kind: 'token',
    text,
    claims,
    signature: bytes.subarray(claimsBytesLength),
    signedBytes: withDomainName(claimsBytes),
  };
}

/** The bytes to sign for these claims. */
export function bytesToSign(claims: PassClaims): Uint8Array<ArrayBuffer> {
  return withDomainName(encodeClaims(claims));
}

function withDomainName(claimsBytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(domainName.length + claimsBytes.length);
  bytes.set(domainName);
  bytes.set(claimsBytes, domainName.length);
  return bytes;
}

/** The text of the QR code: 154 upper-case letters and digits. `signature` is over `bytesToSign(claims)`. */
export function formatToken(claims: PassClaims, signature: Uint8Array): string {
  const bytes = new Uint8Array(claimsBytesLength + signatureLength);
  bytes.set(encodeClaims(claims));
  bytes.set(signature, claimsBytesLength);
  return tokenPrefix + base32Encode(bytes);
}

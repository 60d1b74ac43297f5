/** X.509 certificates and requests for them (RFC 5280, RFC 2986), on P-256 keys. */
import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as der from './der.ts';
import { generalName, type NameConstraints, permittedNames } from './names.ts';

const oids = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  extensionRequest: '1.2.840.113549.1.9.14',
} as const;

const signatureAlgorithm = der.sequence(der.objectId(oids.ecdsaWithSha256));

export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

export interface AuthorityOptions extends Validity {
  readonly commonName: string;
  readonly names: NameConstraints;
  readonly key: KeyObject;
}

/** A root that signs certificates of servers with the permitted names, and nothing else. @returns PEM. */
export function makeRoot({ commonName, names, key, ...validity }: AuthorityOptions): string {
  const subject = distinguishedName(commonName);
  return certificate({ issuer: subject, signer: key, subject, key, validity }, [
    // Of a certificate it signed nothing further may be signed.
    extension(oids.basicConstraints, true, der.sequence(der.yes, der.integer(Buffer.from([0])))),
    // Bits 5 and 6: certificates and lists of those that were withdrawn.
    extension(oids.keyUsage, true, der.bitString(Buffer.from([0b0000_0110]), 1)),
    extension(oids.nameConstraints, true, permittedNames(names)),
    extension(oids.subjectKeyId, false, der.octetString(keyId(key))),
  ]);
}

export interface LeafOptions extends Validity {
  /** DNS names and addresses, the first of them the one people know. */
  readonly names: readonly [string, ...string[]];
  readonly key: KeyObject;
  readonly issuer: { readonly commonName: string; readonly key: KeyObject };
}

/** A server's certificate. @returns PEM. */
export function makeLeaf({ names, key, issuer, ...validity }: LeafOptions): string {
  const about = {
    issuer: distinguishedName(issuer.commonName),
    signer: issuer.key,
    // A common name has 64 characters at most; what counts are the alternative names.
    subject: distinguishedName(names[0].slice(0, 64)),
    ...{ key, validity },
  };
  return certificate(about, [
    extension(oids.basicConstraints, true, der.sequence()),
    // Bit 0: signatures of a handshake.
    extension(oids.keyUsage, true, der.bitString(Buffer.from([0b1000_0000]), 7)),
    extension(oids.extendedKeyUsage, false, der.sequence(der.objectId(oids.serverAuth))),
    alternativeNames(names),
    extension(oids.subjectKeyId, false, der.octetString(keyId(key))),
    extension(oids.authorityKeyId, false, der.sequence(der.implicit(0, keyId(issuer.key)))),
  ]);
}

/** Asks an authority for a certificate. @returns DER. */
export function makeRequest(domain: string, key: KeyObject): Buffer {
  const extensions = der.set(der.sequence(alternativeNames([domain])));
  const attributes = der.sequence(der.objectId(oids.extensionRequest), extensions);
  const version = der.integer(Buffer.from([0]));
  const info = der.sequence(version, der.sequence(), publicKeyInfo(key), der.tagged(0, attributes));
  return signed(info, key);
}

interface About {
  readonly issuer: Buffer;
  readonly signer: KeyObject;
  readonly subject: Buffer;
  readonly key: KeyObject;
  readonly validity: Validity;
}

const serialBytes = 16;
const version3 = der.tagged(0, der.integer(Buffer.from([2])));

function certificate(about: About, extensions: readonly Buffer[]): string {
  const { issuer, signer, subject, key, validity } = about;
  const content = der.sequence(
    version3,
    der.integer(serialNumber()),
    signatureAlgorithm,
    issuer,
    der.sequence(der.time(validity.from), der.time(validity.until)),
    subject,
    publicKeyInfo(key),
    der.tagged(3, der.sequence(...extensions)),
  );
  return toPem('CERTIFICATE', signed(content, signer));
}

/** Never begins with zero bits, which would be a shorter number. */
function serialNumber(): Buffer {
  const bytes = randomBytes(serialBytes);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

function signed(content: Buffer, key: KeyObject): Buffer {
  return der.sequence(content, signatureAlgorithm, der.bitString(sign('sha256', content, key)));
}

function distinguishedName(commonName: string): Buffer {
  const part = (oid: string, text: string) =>
    der.set(der.sequence(der.objectId(oid), der.utf8String(text)));
  return der.sequence(part(oids.organization, 'Catraca'), part(oids.commonName, commonName));
}

function alternativeNames(names: readonly string[]): Buffer {
  return extension(oids.subjectAltName, false, der.sequence(...names.map(generalName)));
}

function extension(oid: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [der.yes] : [];
  return der.sequence(der.objectId(oid), ...critical, der.octetString(value));
}

function publicKeyInfo(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(publicKeyInfo(key)).digest().subarray(0, 20);
}

export function toPem(label: string, bytes: Uint8Array): string {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,64}/g);
  return `-----BEGIN ${label}-----\n${(lines ?? []).join('\n')}\n-----END ${label}-----\n`;
}

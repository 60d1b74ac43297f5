import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A certificate with its key. The certificates that stand behind it follow it in `chain`. */
export interface Credentials {
  readonly certificate: X509Certificate;
  readonly chain: string;
  readonly key: KeyObject;
}

/** Key and certificates in one file, so that no crash leaves the key of one beside the certificate of another. */
export function readCredentials(file: string): Credentials | undefined {
  if (!existsSync(file)) return undefined;
  const pem = readFileSync(file, 'utf8');
  const chain = pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----'));
  return { certificate: new X509Certificate(chain), chain, key: createPrivateKey(pem) };
}

/** Readable for this user alone, and there as a whole or not at all. */
export function writeCredentials(file: string, key: KeyObject, chain: string): Credentials {
  writePrivately(file, keyToPem(key) + chain);
  return { certificate: new X509Certificate(chain), chain, key };
}

export function writePrivately(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  writeFileSync(fresh, text, { mode: 0o600, flush: true });
  renameSync(fresh, file);
}

/** P-256: what every phone and browser takes. */
export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function keyToPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Whether less than a third of its life is left: time enough to try again for weeks. */
export function isNearItsEnd(certificate: X509Certificate, now: Date): boolean {
  const [from, until] = [certificate.validFromDate.getTime(), certificate.validToDate.getTime()];
  return until - now.getTime() < (until - from) / 3;
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { privateNames } from '../machine-names.ts';
import { makeLeaf, makeRoot } from '../x509/certificate.ts';
import { isPermitted } from '../x509/names.ts';
import type { CertificateSource } from './certificate-source.ts';
import {
  type Credentials,
  isNearItsEnd,
  newKey,
  readCredentials,
  writeCredentials,
  writePrivately,
} from './pem-file.ts';

const dayMs = 24 * 3600 * 1000;

/** Nobody installs it twice on all phones without need. */
const rootDays = 10 * 365;

/** Within what phones take from an authority of their owner's (825 days), and long enough for a season. */
const leafDays = 365;

/** For phones whose clock is behind. */
const toleranceDays = 1;

/** The root alone, for phones; its key is in another file. */
export const rootFileOf = (dir: string) => path.join(dir, 'root.pem');

export interface LocalAuthorityOptions {
  /** Where the root and its key are kept. */
  readonly dir: string;
  /** Where the server's certificate goes, with its key. */
  readonly tlsFile: string;
  /** This machine's name: the root is called by it. */
  readonly machine: string;
  /** What the server's certificate is for, the address people know first. */
  readonly names: readonly [string, ...string[]];
  readonly now: () => Date;
}

/**
 * An authority of this machine's own, for a network that has no names a public authority knows. It is made once, and may
 * only vouch for private names and addresses, so that who trusts it trusts this venue and gives away nothing else.
 */
export class LocalAuthority implements CertificateSource {
  readonly #options: LocalAuthorityOptions;

  constructor(options: LocalAuthorityOptions) {
    this.#options = options;
  }

  prepare(): void {
    this.#renew();
  }

  renew(): Promise<boolean> {
    return Promise.resolve(this.#renew());
  }

  #renew(): boolean {
    const { tlsFile, names, now } = this.#options;
    const root = this.#root();
    const leaf = readCredentials(tlsFile);
    const isGood =
      leaf !== undefined &&
      leaf.certificate.verify(root.certificate.publicKey) &&
      names.every((name) => covers(leaf, name)) &&
      !isNearItsEnd(leaf.certificate, now());
    if (!isGood) this.#issue(root);
    return !isGood;
  }

  #issue(root: Credentials): void {
    const { tlsFile, names } = this.#options;
    const key = newKey();
    const issuer = { commonName: commonNameOf(root), key: root.key };
    writeCredentials(tlsFile, key, makeLeaf({ names, key, issuer, ...this.#life(leafDays) }));
  }

  #root(): Credentials {
    const { dir, machine, now } = this.#options;
    const keyFile = path.join(dir, 'root-with-key.pem');
    const stored = readCredentials(keyFile);
    const isGood = stored !== undefined && stored.certificate.validToDate > now();
    const root = isGood ? stored : this.#makeRoot(keyFile, machine);
    const publicFile = rootFileOf(dir);
    if (!existsSync(publicFile) || readFileSync(publicFile, 'utf8') !== root.chain) {
      writePrivately(publicFile, root.chain);
    }
    return root;
  }

  #makeRoot(file: string, machine: string): Credentials {
    const key = newKey();
    const commonName = `Catraca ${machine}`.slice(0, 64);
    return writeCredentials(
      file,
      key,
      makeRoot({ commonName, names: privateNames, key, ...this.#life(rootDays) }),
    );
  }

  #life(days: number) {
    const now = this.#options.now().getTime();
    return { from: new Date(now - toleranceDays * dayMs), until: new Date(now + days * dayMs) };
  }
}

/** Those of the names that a machine's own authority may vouch for. */
export function permittedNames(names: readonly string[]): string[] {
  return names.filter((name) => isPermitted(name, privateNames));
}

function covers({ certificate }: Credentials, name: string): boolean {
  return (certificate.checkHost(name) ?? certificate.checkIP(name)) !== undefined;
}

function commonNameOf({ certificate }: Credentials): string {
  return /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
}

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { keyToPem, newKey, writePrivately } from './pem-file.ts';

/** Who asks a public authority for certificates: a key, kept in a file, and signatures with it (RFC 8555, 6.2). */
export class AcmeAccount {
  readonly #key: KeyObject;

  private constructor(key: KeyObject) {
    this.#key = key;
  }

  static open(file: string): AcmeAccount {
    if (existsSync(file)) return new AcmeAccount(createPrivateKey(readFileSync(file)));
    const key = newKey();
    writePrivately(file, keyToPem(key));
    return new AcmeAccount(key);
  }

  /** RFC 7638, of which every answer to a challenge is made. */
  get thumbprint(): string {
    const { crv, kty, x, y } = this.#jwk;
    return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  }

  /** `accountUrl` once the authority has given one; until then the key speaks for itself. */
  sign(
    url: string,
    nonce: string,
    accountUrl: string | undefined,
    payload: object | undefined,
  ): string {
    const who = accountUrl === undefined ? { jwk: this.#jwk } : { kid: accountUrl };
    const head = base64url({ alg: 'ES256', nonce, url, ...who });
    // No payload is how something is asked for.
    const body = payload === undefined ? '' : base64url(payload);
    const signature = sign('sha256', Buffer.from(`${head}.${body}`), {
      key: this.#key,
      dsaEncoding: 'ieee-p1363',
    });
    return JSON.stringify({
      protected: head,
      payload: body,
      signature: signature.toString('base64url'),
    });
  }

  get #jwk(): JsonWebKey {
    return createPublicKey(this.#key).export({ format: 'jwk' });
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

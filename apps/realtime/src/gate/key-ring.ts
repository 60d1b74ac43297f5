import type { KeyObject } from 'node:crypto';
import { listPublicKeys, type PublicKey } from '@catraca/db';
import { publicKeyOf } from '@catraca/domain/token/node';
import { describeError, type Log } from '../log.ts';
import type { Pool } from '../pool.ts';

/** Pause (ms) before keys that could not be read are asked for again. */
const retryMs = 1_000;

/** The public keys of all that ever signed for us. */
export class KeyRing {
  readonly #pool: Pool;
  readonly #log: Log;
  #keys: ReadonlyMap<number, KeyObject> = new Map();

  #rows: readonly PublicKey[] = [];

  constructor(pool: Pool, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  /** As they are stored. */
  get all(): readonly PublicKey[] {
    return this.#rows;
  }

  find(keyId: number): KeyObject | undefined {
    return this.#keys.get(keyId);
  }

  /** Reads all keys, as often as it takes. */
  reload(): void {
    this.#load().catch((error: unknown) => {
      this.#log.warn({ error: describeError(error) }, 'keys not read');
      setTimeout(() => this.reload(), retryMs).unref();
    });
  }

  async #load(): Promise<void> {
    const rows = await listPublicKeys(this.#pool.db);
    this.#rows = rows;
    this.#keys = new Map(rows.map(({ keyId, publicKey }) => [keyId, publicKeyOf(publicKey)]));
  }
}

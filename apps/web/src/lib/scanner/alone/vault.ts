import type { DeviceStore, Sealed } from '../device-store.ts';

/** Of AES-GCM, bytes: 96 bits, drawn anew for each piece. */
const ivBytes = 12;

type Bytes = Uint8Array<ArrayBuffer>;

/** Seals what this device keeps of the event: whoever copies its storage has bytes that open nothing. */
export class Vault {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** With the key of this device, made when it is first needed. @throws DOMException where the browser keeps nothing. */
  static async open(store: DeviceStore): Promise<Vault> {
    const kept = await store.get('key');
    if (kept) return new Vault(kept);
    const algorithm = { name: 'AES-GCM', length: 256 };
    const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    await store.put('key', key);
    return new Vault(key);
  }

  async seal(bytes: Bytes): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#key, bytes) };
  }

  /** @throws OperationError for what this key did not seal. */
  async unseal({ iv, data }: Sealed): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.#key, data));
  }
}

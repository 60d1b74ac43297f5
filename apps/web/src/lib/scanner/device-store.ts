import type { ConflictKind, Direction, Verdict } from '@catraca/domain';
import type { HelloMessage } from '@catraca/protocol';
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What makes this browser a device of one event. The token is a secret: it goes to realtime and to our API, nowhere else. */
export interface StoredDevice {
  readonly token: string;
}

/** Where this device stands. */
export interface Post {
  readonly checkpointId: string;
  readonly direction: Direction;
}

export interface Preferences {
  readonly muted: boolean;
  readonly lensId: string | undefined;
}

/** A scan that is over, for the list of the last ones. Nothing of a person is kept in it, and no code. */
export interface PastScan {
  readonly scanId: string;
  /** ISO 8601, by this device's clock. */
  readonly scannedAt: string;
  readonly checkpointName: string;
  readonly direction: Direction;
  /** Null: the server did not take it. */
  readonly verdict: Verdict | null;
  readonly typeName: string | null;
  /** The answer came when someone else was already being scanned, or much later. */
  readonly late: boolean;
  /** This device decided it alone. */
  readonly alone?: boolean;
  /** Told by the server of what this device decided alone. */
  readonly conflict?: ConflictKind | null;
}

/** Encrypted bytes, as AES-GCM needs them to be read again. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** A piece of what this device knows of the event: all passes, what is new since, or what this device itself did. */
export interface SealedPiece extends Sealed {
  readonly kind: 'whole' | 'changes' | 'own';
}

interface Kept {
  device: StoredDevice;
  post: Post;
  preferences: Preferences;
  history: readonly PastScan[];
  /** What the server last told of this device, for when there is no server. */
  hello: HelloMessage;
  /** What to add to this device's clock to have the server's, ms. */
  clockOffsetMs: number;
  /** Locks what is sealed. No script can read it out. */
  key: CryptoKey;
}

interface Schema extends DBSchema {
  kept: { key: keyof Kept; value: Kept[keyof Kept] };
  /** In the order in which they came. */
  pieces: { key: number; value: SealedPiece };
  /** Scans that this device decided alone and no server has taken yet, in their order. */
  outbox: { key: number; value: Sealed };
}

const name = 'catraca-scanner';

/** Committed to the disk, not only to the system's memory. */
const durable = { durability: 'strict' } as const;

/** What this device keeps when the page is closed, in IndexedDB. */
export class DeviceStore {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  /** @throws DOMException where the browser keeps nothing, as some do in private windows. */
  static async open(): Promise<DeviceStore> {
    const db = await openDB<Schema>(name, 2, {
      upgrade: (created, version) => {
        if (version < 1) created.createObjectStore('kept');
        created.createObjectStore('pieces', { autoIncrement: true });
        created.createObjectStore('outbox', { autoIncrement: true });
      },
      // Another page of this device wants it gone, or newer.
      blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
    });
    return new DeviceStore(db);
  }

  async get<Key extends keyof Kept>(key: Key): Promise<Kept[Key] | undefined> {
    // Written by `put` alone, which ties each key to its type.
    return (await this.#db.get('kept', key)) as Kept[Key] | undefined;
  }

  async put<Key extends keyof Kept>(key: Key, value: Kept[Key]): Promise<void> {
    await this.#db.put('kept', value, key);
  }

  /** What is sealed, in the order in which it came. */
  async pieces(): Promise<SealedPiece[]> {
    return this.#db.getAll('pieces');
  }

  /** Puts the whole in place of all pieces. */
  async replacePieces(whole: SealedPiece): Promise<void> {
    const change = this.#db.transaction('pieces', 'readwrite', durable);
    await Promise.all([change.store.clear(), change.store.add(whole), change.done]);
  }

  async addPiece(piece: SealedPiece): Promise<void> {
    await this.#db.add('pieces', piece);
  }

  /** Scans that wait, with the keys they are removed by. */
  async outbox(): Promise<{ key: number; sealed: Sealed }[]> {
    const read = this.#db.transaction('outbox');
    const [keys, values] = await Promise.all([read.store.getAllKeys(), read.store.getAll()]);
    return values.flatMap((sealed, i) => {
      const key = keys[i];
      return key === undefined ? [] : [{ key, sealed }];
    });
  }

  /** A scan, and what it did to its pass: both or neither. Resolves once a dead battery does not undo it; with the scan's key. */
  async addToOutbox(sealed: Sealed, own: SealedPiece | undefined): Promise<number> {
    const change = this.#db.transaction(['outbox', 'pieces'], 'readwrite', durable);
    const adding = change.objectStore('outbox').add(sealed);
    const [key] = await Promise.all([
      adding,
      own && change.objectStore('pieces').add(own),
      change.done,
    ]);
    return key;
  }

  async removeFromOutbox(key: number): Promise<void> {
    await this.#db.delete('outbox', key);
  }

  /** Forgets the device and everything it did. */
  async wipe(): Promise<void> {
    this.#db.close();
    await deleteDB(name);
  }
}

import type { Direction, Verdict } from '@catraca/domain';
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
}

interface Kept {
  device: StoredDevice;
  post: Post;
  preferences: Preferences;
  history: readonly PastScan[];
}

interface Schema extends DBSchema {
  kept: { key: keyof Kept; value: Kept[keyof Kept] };
}

const name = 'catraca-scanner';

/** What this device keeps when the page is closed, in IndexedDB. */
export class DeviceStore {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  /** @throws DOMException where the browser keeps nothing, as some do in private windows. */
  static async open(): Promise<DeviceStore> {
    const db = await openDB<Schema>(name, 1, {
      upgrade: (created) => void created.createObjectStore('kept'),
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

  /** Forgets the device and everything it did. */
  async wipe(): Promise<void> {
    this.#db.close();
    await deleteDB(name);
  }
}

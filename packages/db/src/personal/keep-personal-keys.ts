import type { Db } from '../client.ts';
import { loadPersonalKeys, lookEveryMs } from '../commands/keys/personal-keys.ts';
import { holdPersonalKeys, onMissingPersonalKey, sealWithinMs } from './personal-keys.ts';

/** Asks again at once, but not more often than this (ms), when something is sealed by a key that is not held. */
const missingEveryMs = 500;

/** Keeps this process's keys up to date until it stops. */
export interface KeptKeys {
  stop(): void;
}

/**
 * Holds this site's keys of personal data from now on, and looks every few seconds whether there are others: commands/keys/personal-keys.ts
 * says why that is enough. `db`: asked for at each look. While the database is away the keys are those of the last look.
 * @throws under another master key; a venue whose cloud has told it none yet holds none.
 */
export async function keepPersonalKeys(db: () => Db, masterKey: Uint8Array): Promise<KeptKeys> {
  await holdKeysOf(db(), masterKey);
  let lookedAt = performance.now();
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    lookedAt = performance.now();
    // Whoever needs the database while it is away says so itself.
    await holdKeysOf(db(), masterKey).catch(() => {});
    looking = false;
  };
  const timer = setInterval(() => void look(), lookEveryMs).unref();
  onMissingPersonalKey(() => {
    if (performance.now() - lookedAt > missingEveryMs) void look();
  });
  return {
    stop() {
      clearInterval(timer);
      onMissingPersonalKey(() => {});
    },
  };
}

/** Holds the keys as they are now. @throws under another master key. */
export async function holdKeysOf(db: Db, masterKey: Uint8Array): Promise<void> {
  const loaded = await loadPersonalKeys(db, masterKey);
  if (loaded.ok) holdPersonalKeys(loaded.keys, sealWithinMs);
  else if (loaded.code === 'wrong_master_key')
    throw new Error(
      'CATRACA_MASTER_KEY is not the one that the keys of personal data were sealed with',
    );
}

import type { Db } from '../client.ts';
import { seal } from '../commands/keys/seal.ts';
import type { PersonalKeys } from '../personal/personal-keys.ts';
import { personalKeys } from '../schema/index.ts';
import { testMasterKey } from './shop.ts';

const current = 257;
const index = 258;

/** What test databases and the processes of tests hold, so that no test has to think of it. */
export const testPersonalKeys: PersonalKeys = {
  current,
  data: new Map([[current, new Uint8Array(32).fill(7)]]),
  index: new Uint8Array(32).fill(8),
};

/** Writes them into a database, sealed with the master key of tests: services that a test starts find them there. */
export async function writeTestKeys(db: Db): Promise<void> {
  const row = (no: number, kind: 'data' | 'index', key: Uint8Array) => ({
    ...{ no, kind, state: 'current' as const },
    keySealed: seal(testMasterKey, `personal-key:${no}`, key),
  });
  const data = testPersonalKeys.data.get(current);
  if (!data) throw new Error('the current key is one of the keys');
  await db
    .insert(personalKeys)
    .values([row(current, 'data', data), row(index, 'index', testPersonalKeys.index)]);
}

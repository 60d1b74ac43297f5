import type { Db } from '@catraca/db';
import { testMasterKey } from '@catraca/db/testing/shop';
import type { ScanRequest } from '@catraca/protocol';
import { afterAll } from 'vitest';
import type { DeviceRate } from '../gate/device-rates.ts';
import { openLog } from '../log.ts';
import { type Realtime, startRealtime } from '../start.ts';

export const testSecret = 'ab'.repeat(32);

/** In a test one device stands for a whole crowd of them. */
export const crowdRate: DeviceRate = { perSecond: 1_000_000, burst: 1_000_000 };

/** A realtime service in this process, on a free port, stopped after the file unless the test did. */
export async function startTestRealtime(
  databaseUrl: string,
  deviceRate = crowdRate,
): Promise<Realtime> {
  const realtime = await startRealtime(
    {
      ...{ databaseUrl, secret: testSecret, masterKey: testMasterKey },
      ...{ webOrigin: undefined, natsUrl: undefined },
      ...{ host: '127.0.0.1', port: 0, logLevel: 'silent', deviceRate, profileDir: undefined },
    },
    openLog('silent'),
  );
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= realtime.stop());
  afterAll(stop);
  return { port: realtime.port, stop };
}

/** How often this scan is in the log. */
export async function countStored(db: Db, { scanId }: ScanRequest): Promise<number> {
  const rows = await db.$client`select 1 from scans where scan_id = ${scanId}`;
  return rows.length;
}

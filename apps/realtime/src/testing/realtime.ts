import type { Db } from '@catraca/db';
import type { ScanRequest } from '@catraca/protocol';
import { afterAll } from 'vitest';
import { openLog } from '../log.ts';
import { type Realtime, startRealtime } from '../start.ts';

export const testSecret = 'ab'.repeat(32);

/** A realtime service in this process, on a free port, stopped after the file unless the test did. */
export async function startTestRealtime(databaseUrl: string): Promise<Realtime> {
  const realtime = await startRealtime(
    {
      ...{ databaseUrl, secret: testSecret, webOrigin: undefined, natsUrl: undefined },
      ...{ host: '127.0.0.1', port: 0, logLevel: 'silent' },
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

import { freePort } from '@catraca/db/embedded';
import { testMasterKey } from '@catraca/db/testing/shop';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { type Service, startService } from '../../../../scripts/lib/service.ts';
import { crowdRate, testSecret } from './realtime.ts';

export interface RealtimeProcess {
  readonly port: number;
  readonly service: Service;
}

export interface ProcessOptions {
  /** That of one before it. */
  readonly port?: number;
  readonly natsUrl?: string;
  readonly profileDir?: string;
}

/** Starts realtime as a process of its own, as `npm start` does, ended after the file. */
export async function startRealtimeProcess(
  databaseUrl: string,
  { port, natsUrl, profileDir }: ProcessOptions = {},
): Promise<RealtimeProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-realtime-'));
  const ownPort = port ?? (await freePort());
  const environment = {
    DATABASE_URL: databaseUrl,
    CATRACA_SECRET: testSecret,
    CATRACA_MASTER_KEY: Buffer.from(testMasterKey).toString('hex'),
    HOST: '127.0.0.1',
    REALTIME_PORT: String(ownPort),
    DEVICE_SCANS_PER_SECOND: String(crowdRate.perSecond),
    DEVICE_SCANS_BURST: String(crowdRate.burst),
    ...(natsUrl && { NATS_URL: natsUrl }),
    ...(profileDir && { CATRACA_PROFILE_DIR: profileDir }),
  };
  const service = await startService('realtime', environment, folder);
  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true });
  });
  return { port: ownPort, service };
}

import { freePort } from '@catraca/db/embedded';
import assert from 'node:assert/strict';
import { startService, tail } from '../../../scripts/lib/service.ts';
import { benchMasterKey } from '../passes/pass.ts';
import type { Service } from './service.ts';

/** Signs what opens the live feed. Of the benchmark alone. */
export const benchSecret = 'be'.repeat(32);

/** Starts a realtime process as `npm start` does. With `profileDir` it writes a CPU profile there when it ends. */
export async function startRealtime(
  databaseUrl: string,
  logDir: string,
  profileDir?: string,
): Promise<Service> {
  const port = await freePort();
  const environment = {
    DATABASE_URL: databaseUrl,
    CATRACA_SECRET: benchSecret,
    CATRACA_MASTER_KEY: Buffer.from(benchMasterKey).toString('hex'),
    REALTIME_PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    ...(profileDir && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileDir}` }),
  };
  const service = await startService('realtime', environment, logDir);
  const { pid } = service.process;
  assert(pid !== undefined);
  let stopping = false;
  void service.ended.then(() => {
    if (!stopping) console.error(`realtime ended by itself:\n${tail(service.log)}`);
  });
  return {
    ...{ pid, port },
    stop: () => {
      stopping = true;
      return service.stop();
    },
  };
}

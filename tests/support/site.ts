import { freePort } from '@catraca/db/embedded';
import { testMasterKey } from '@catraca/db/testing/shop';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ServiceEnvironment, serviceEnvironment } from '../../scripts/lib/environment.ts';
import type { GatewayEnvironment } from '../../scripts/lib/gateway/plan-gateway.ts';
import { type Secrets } from '../../scripts/lib/secrets.ts';
import { type Service, type ServiceName, startService } from '../../scripts/lib/service.ts';

/** Known keys, so that a test can sign and seal what its services read. */
export const testSecrets: Secrets = {
  CATRACA_SECRET: '5ec2e7'.padEnd(64, '0'),
  CATRACA_MASTER_KEY: Buffer.from(testMasterKey).toString('hex'),
};

export interface SiteOptions {
  /** Migrated and seeded: `testDatabase()`. */
  databaseUrl: string;
  /** Those that the test needs. `web` needs its build: browser tests have it. */
  services: ServiceName[];
  /** Over the ordinary environment, such as the address of a stand-in for Stripe. */
  environment?: Partial<ServiceEnvironment & GatewayEnvironment> &
    Record<`STRIPE_${string}`, string>;
}

export interface Site {
  webUrl: string;
  realtimeUrl: string;
  /** Captured mail, one .eml file each. */
  mailboxDir: string;
  environment: ServiceEnvironment;
  /** Starts a service again after it was stopped or killed, on the same port. */
  start(name: ServiceName): Promise<Service>;
  /** A running one, to stop or kill it. */
  service(name: ServiceName): Service;
  /** What a service wrote so far. */
  logOf(name: ServiceName): string;
  /** Ends all that run. Call it in `afterAll`. */
  stop(): Promise<void>;
}

/** Starts real services on free ports of this machine, as `npm start` does. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-site-'));
  const mailboxDir = path.join(folder, 'mailbox');
  const environment: ServiceEnvironment = {
    ...serviceEnvironment({
      databaseUrl: options.databaseUrl,
      secrets: testSecrets,
      host: '127.0.0.1',
      webPort: await freePort(),
      realtimePort: await freePort(),
      smtpPort: await freePort(),
      mailboxDir,
    }),
    ...options.environment,
  };
  const running = new Map<ServiceName, Service>();
  const start = async (name: ServiceName): Promise<Service> => {
    const service = await startService(name, environment, folder);
    running.set(name, service);
    return service;
  };
  const service = (name: ServiceName): Service => {
    const found = running.get(name);
    if (!found) throw new Error(`${name} was not started`);
    return found;
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...running.values()].map((one) => one.stop()));
    rmSync(folder, { recursive: true });
  };
  try {
    await Promise.all(options.services.map(start));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    webUrl: environment.WEB_ORIGIN,
    realtimeUrl: environment.REALTIME_URL,
    mailboxDir,
    environment,
    start,
    service,
    logOf: (name) => readFileSync(service(name).log, 'utf8'),
    stop,
  };
}

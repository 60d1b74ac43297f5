/** npm start: everything of one site, on this machine. A second start keeps the data. */
import { freePort, isFreePort } from '@catraca/db/embedded';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildWeb } from './lib/build-web.ts';
import { type Database, openDatabase } from './lib/database.ts';
import {
  operatorSettings,
  type ServiceEnvironment,
  serviceEnvironment,
} from './lib/environment.ts';
import { planGateway } from './lib/gateway/plan-gateway.ts';
import { greeting } from './lib/greeting.ts';
import { takeInstance } from './lib/instance.ts';
import { dataDir } from './lib/paths.ts';
import { ensureDemo, prepareSite, siteMarkFile } from './lib/prepare-site.ts';
import { loadSecrets, type Secrets } from './lib/secrets.ts';
import { readSiteChoice, type SiteChoice, siteOptions } from './lib/site-choice.ts';
import { type Service, type ServiceName, startService, tail } from './lib/service.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['WEB_PORT'] ?? '3000' },
    'realtime-port': { type: 'string', default: process.env['REALTIME_PORT'] ?? '3001' },
    // Without a gateway this machine alone: the demo's passwords are known to all.
    host: { type: 'string', default: process.env['HOST'] },
    // One address with TLS for the whole network, through the gateway.
    https: { type: 'boolean', default: false },
    domain: { type: 'string' },
    'https-port': { type: 'string' },
    'http-port': { type: 'string' },
    ...siteOptions,
  },
});

let database: Database | undefined;
const services: Service[] = [];
let ending = false;

async function main(): Promise<void> {
  const choice = readSiteChoice(values);
  takeInstance();
  const webPort = await claimPort(values.port, '--port');
  const realtimePort = await claimPort(values['realtime-port'], '--realtime-port');
  const gateway = values.https
    ? await planGateway({
        ...{ dataDir, host: values.host, domain: values.domain, webPort, realtimePort },
        ...{ httpsPort: values['https-port'], httpPort: values['http-port'] },
      })
    : undefined;
  const secrets = loadSecrets();

  const [{ url, demo }] = await Promise.all([prepareDatabase(secrets, choice), prepareWeb()]);
  const environment: ServiceEnvironment = {
    ...serviceEnvironment({
      databaseUrl: url,
      secrets,
      host: values.host ?? '127.0.0.1',
      webPort,
      realtimePort,
      smtpPort: await freePort(),
      mailboxDir: path.join(dataDir, 'mailbox'),
      siteMark: choice.kind === 'venue' ? siteMarkFile : '',
    }),
    ...operatorSettings(),
    ...gateway?.environment,
  };
  const names: ServiceName[] = [
    'realtime',
    'worker',
    'web',
    ...(gateway ? ['gateway' as const] : []),
  ];
  await Promise.all(names.map((name) => run(name, environment)));
  if (gateway) console.log(gateway.greeting(process.stdout.isTTY));
  console.log(greeting(environment, demo));
}

/** @throws in words for people when the port is taken. */
async function claimPort(wanted: string, flag: string): Promise<number> {
  if (await isFreePort(Number(wanted))) return Number(wanted);
  throw new Error(
    `Port ${wanted} is taken. Choose another: npm start -- ${flag} ${Number(wanted) + 100}`,
  );
}

async function prepareDatabase(
  secrets: Secrets,
  choice: SiteChoice,
): Promise<{ url: string; demo: boolean }> {
  database = await openDatabase();
  const { url } = database;
  await prepareSite(url, secrets, choice);
  // A venue has what its cloud tells it, and nothing of its own.
  const hasDemo = choice.kind === 'cloud' && process.env['CATRACA_MODE'] !== 'production';
  return { url, demo: hasDemo && (await ensureDemo(url, secrets)) };
}

async function prepareWeb(): Promise<void> {
  if (await buildWeb()) console.log('The web app is built.');
}

async function run(name: ServiceName, environment: ServiceEnvironment): Promise<void> {
  const service = await startService(name, environment, path.join(dataDir, 'logs'));
  services.push(service);
  void service.ended.then(() => {
    if (ending) return;
    console.error(`${name} ended by itself:\n${tail(service.log)}`);
    void end(1);
  });
}

/** Services first, so that what they still answer is committed, then the database. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await Promise.all(services.map((service) => service.stop()));
  await database?.stop();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void end(0));
}

// npm passes a SIGTERM on to the shell it runs scripts in, which ends without a word to us.
if (process.env['npm_lifecycle_event'] === 'start') {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(0);
  }, 250).unref();
}

try {
  await main();
} catch (error) {
  if (!ending) {
    console.error(error instanceof Error ? error.message : error);
    await end(1);
  }
}

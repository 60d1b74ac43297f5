import { isFreePort } from '@catraca/db/embedded';
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rootFileOf } from './certificates/local-authority.ts';
import { getNginx } from './find-nginx.ts';
import { lanAddress, machineInterfaces } from './machine-names.ts';
import { endLeftover } from './nginx-process.ts';
import { qrForTerminal } from './qr.ts';

export interface GatewayOptions {
  /** What this installation keeps. */
  readonly dataDir: string;
  /** Where the gateway listens; undefined: on all addresses of this machine. */
  readonly host: string | undefined;
  /** A name that the internet knows this machine by; undefined in a venue's own network. */
  readonly domain: string | undefined;
  /** Undefined: 443 and 80 where this user may open them, else 3443 and 3080. */
  readonly httpsPort: string | undefined;
  readonly httpPort: string | undefined;
  /** Where web and realtime listen on this machine. */
  readonly webPort: number;
  readonly realtimePort: number;
}

export type GatewayEnvironment = ReturnType<typeof environmentOf>;

export interface GatewayPlan {
  /** What web, realtime, worker and the gateway are told, over what they are told without a gateway. */
  readonly environment: GatewayEnvironment;
  /** What people read when it runs. With a code for phones when it is for a terminal. */
  greeting(isTerminal: boolean): string;
}

/** Decides at which one address this site is reached. @throws in words for people. */
export async function planGateway(options: GatewayOptions): Promise<GatewayPlan> {
  getNginx();
  if (options.domain !== undefined && process.env['CATRACA_MODE'] !== 'production') {
    throw new Error(
      'A demo, whose passwords everybody knows, is not for the internet: set CATRACA_MODE=production.',
    );
  }
  await endLeftover(gatewayDir(options.dataDir));
  const httpsPort = await claim(options.httpsPort, mayOpenLowPorts() ? 443 : 3443, '--https-port');
  const httpPort = await claim(options.httpPort, mayOpenLowPorts() ? 80 : 3080, '--http-port');
  const origin = new URL(process.env['WEB_ORIGIN'] || `https://${hostOf(options)}:${httpsPort}`);
  const environment = environmentOf(options, { origin, httpsPort, httpPort });
  const { ROOT_CERTIFICATE: root, CERTIFICATE_PAGE: page } = environment;
  return {
    environment,
    greeting: (isTerminal) => (root === '' ? '' : greeting(page, root, isTerminal)),
  };
}

interface Front {
  readonly origin: URL;
  readonly httpsPort: number;
  readonly httpPort: number;
}

function environmentOf(options: GatewayOptions, { origin, httpsPort, httpPort }: Front) {
  const { dataDir, host, domain, webPort, realtimePort } = options;
  const dir = gatewayDir(dataDir);
  const isVenue = domain === undefined;
  return {
    // Nobody reaches them but through the gateway, whose word about addresses they take.
    HOST: '127.0.0.1',
    ADDRESS_HEADER: 'x-forwarded-for',
    XFF_DEPTH: '1',
    WEB_ORIGIN: origin.origin,
    REALTIME_URL: origin.origin,
    ROOT_CERTIFICATE: isVenue ? rootFileOf(dir) : '',
    CERTIFICATE_PAGE: isVenue ? new URL(`http://${origin.hostname}:${httpPort}/ca`).href : '',
    GATEWAY_DIR: dir,
    GATEWAY_LOG_DIR: path.join(dataDir, 'logs'),
    GATEWAY_HOST: host ?? '0.0.0.0',
    GATEWAY_HTTPS_PORT: String(httpsPort),
    GATEWAY_HTTP_PORT: String(httpPort),
    GATEWAY_DOMAIN: domain ?? '',
    WEB_NODES: nodes(webPort, process.env['WEB_NODES']),
    REALTIME_NODES: nodes(realtimePort, process.env['REALTIME_NODES']),
  };
}

const gatewayDir = (dataDir: string) => path.join(dataDir, 'gateway');

function hostOf({ host, domain }: GatewayOptions): string {
  if (domain !== undefined) return domain;
  if (host !== undefined && host !== '0.0.0.0' && host !== '::') {
    if (host === '127.0.0.1') return 'localhost';
    return host.includes(':') ? `[${host}]` : host;
  }
  return lanAddress(machineInterfaces()) ?? 'localhost';
}

/** Those of this machine first, then the operator's others. */
function nodes(ownPort: number, others: string | undefined): string {
  return [`127.0.0.1:${ownPort}`, ...(others ? [others] : [])].join(',');
}

async function claim(wanted: string | undefined, byDefault: number, flag: string): Promise<number> {
  const port = Number(wanted ?? byDefault);
  if (await isFreePort(port)) return port;
  throw new Error(
    `Port ${port} is taken, perhaps by the nginx of the system (end it: sudo systemctl disable --now nginx). Or choose another: npm start -- --https ${flag} ${port + 3000}`,
  );
}

function mayOpenLowPorts(): boolean {
  if (process.getuid?.() === 0) return true;
  const setting = '/proc/sys/net/ipv4/ip_unprivileged_port_start';
  return existsSync(setting) && Number(readFileSync(setting, 'utf8')) <= 80;
}

function greeting(page: string, rootFile: string, isTerminal: boolean): string {
  const { fingerprint256 } = new X509Certificate(readFileSync(rootFile));
  return `
Everybody in this network can open the addresses below, a demo's accounts too. Phones trust them after they have
installed this venue's certificate once, from ${page}
${isTerminal ? `\n${qrForTerminal(page)}\n` : ''}
Its fingerprint (SHA-256): ${fingerprint256}`;
}

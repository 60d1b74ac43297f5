import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { AcmeAccount } from './certificates/acme-account.ts';
import type { CertificateSource } from './certificates/certificate-source.ts';
import { LocalAuthority, permittedNames } from './certificates/local-authority.ts';
import { readCredentials } from './certificates/pem-file.ts';
import { PublicAuthority } from './certificates/public-authority.ts';
import type { GatewaySettings } from './env.ts';
import { getNginx } from './find-nginx.ts';
import { machineInterfaces, machineName, machineNames } from './machine-names.ts';
import type { GatewayConfig, Trust } from './nginx-config.ts';
import { startNginx } from './nginx-process.ts';
import { NodeHealth } from './node-health.ts';
import { untilServed } from './served-certificate.ts';

/** How often (ms) the certificate is looked at. */
const renewEveryMs = 3_600_000;

export interface Gateway {
  /** Resolves when nginx ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Resolves when the site can be reached at its address. `log` takes one JSON object a line. @throws in words for people. */
export async function runGateway(
  settings: GatewaySettings,
  log: (line: string) => void,
): Promise<Gateway> {
  const say = (msg: string) => log(JSON.stringify({ time: new Date().toISOString(), msg }));
  const { source, trust, tlsFile } = trustOf(settings);
  source.prepare();

  const program = getNginx();
  const web = new NodeHealth(settings.WEB_NODES, '/healthz', () => reload('a web process'));
  const realtime = new NodeHealth(settings.REALTIME_NODES, '/readyz', () => reload('realtime'));
  const config = (): GatewayConfig => ({
    dir: settings.GATEWAY_DIR,
    accessLog: path.join(settings.GATEWAY_LOG_DIR, 'gateway-access.log'),
    user: unprivilegedUser(),
    hosts: hostsOf(settings.GATEWAY_HOST),
    httpsPort: settings.GATEWAY_HTTPS_PORT,
    httpPort: settings.GATEWAY_HTTP_PORT,
    origin: settings.WEB_ORIGIN,
    ...{ tlsFile, trust, web: web.nodes, realtime: realtime.nodes },
    hasHttp2Line: isAtLeast(program.version, [1, 25, 1]),
  });
  const nginx = await startNginx(program, config(), log);
  const reload = (what: string) => {
    say(`${what} has changed`);
    nginx.reload(config());
  };
  const renew = async () => {
    if (!(await source.renew())) return;
    reload('the certificate');
    await untilServed(tlsFile, ownAddress(settings.GATEWAY_HOST), settings.GATEWAY_HTTPS_PORT);
  };
  const stop = async () => {
    for (const health of [web, realtime]) health.stop();
    await nginx.stop();
  };
  try {
    await renew().catch((error: unknown) => {
      // What is still good serves until the next try.
      if (!isStillGood(tlsFile)) throw error;
      say(String(error));
    });
  } catch (error) {
    await stop();
    throw error;
  }
  setInterval(() => void renew().catch((error: unknown) => say(String(error))), renewEveryMs);
  return { ended: nginx.ended, stop };
}

function trustOf(settings: GatewaySettings): {
  source: CertificateSource;
  trust: Trust;
  tlsFile: string;
} {
  const { GATEWAY_DIR: dir, GATEWAY_DOMAIN: domain, ACME_DIRECTORY, ACME_EMAIL } = settings;
  const now = () => new Date();
  if (domain !== '') {
    const tlsFile = path.join(dir, 'public.pem');
    const account = AcmeAccount.open(path.join(dir, 'acme-account.pem'));
    const about = { domain, directory: ACME_DIRECTORY, account, email: ACME_EMAIL };
    return {
      source: new PublicAuthority({ ...about, tlsFile, now }),
      trust: { by: 'public', accountThumbprint: account.thumbprint },
      tlsFile,
    };
  }
  const tlsFile = path.join(dir, 'venue.pem');
  const machine = machineName();
  const main = settings.WEB_ORIGIN.hostname.replace(/^\[|\]$/g, '');
  if (permittedNames([main], machine).length === 0) {
    throw new Error(
      `This machine's own authority vouches for private names and addresses only, and ${main} is none. For a certificate that everybody believes: npm start -- --https --domain ${main}`,
    );
  }
  const others = permittedNames(machineNames(machine, machineInterfaces()), machine);
  const names = [main, ...others.filter((name) => name !== main)] as const;
  return {
    source: new LocalAuthority({ dir, tlsFile, machine, names: [...names], now }),
    trust: { by: 'venue' },
    tlsFile,
  };
}

function isStillGood(tlsFile: string): boolean {
  const certificate = readCredentials(tlsFile)?.certificate;
  if (certificate === undefined || certificate.verify(certificate.publicKey)) return false;
  return certificate.validToDate > new Date();
}

/** Root opens the ports; somebody who may do little serves them. */
function unprivilegedUser(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/passwd')) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8');
  return ['www-data', 'nginx', 'nobody'].find((name) => users.includes(`\n${name}:`));
}

/** Every address of IPv4 and, where the machine has it, of IPv6. */
function hostsOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host.includes(':') ? `[${host}]` : host];
  const hasIpv6 = Object.values(networkInterfaces())
    .flat()
    .some((one) => one?.family === 'IPv6');
  return hasIpv6 ? ['0.0.0.0', '[::]'] : ['0.0.0.0'];
}

/** At which this machine reaches what listens on `host`. */
function ownAddress(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  const i = wanted.findIndex((part, at) => part !== version[at]);
  return i === -1 || (version[i] ?? 0) > (wanted[i] ?? 0);
}

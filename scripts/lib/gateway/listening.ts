import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** Root opens the ports; somebody who may do little serves them. */
export function unprivilegedUser(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/passwd')) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8');
  return ['www-data', 'nginx', 'nobody'].find((name) => users.includes(`\n${name}:`));
}

/** Every address of IPv4 and, where the machine has it, of IPv6. */
export function hostsOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host.includes(':') ? `[${host}]` : host];
  const hasIpv6 = Object.values(networkInterfaces())
    .flat()
    .some((one) => one?.family === 'IPv6');
  return hasIpv6 ? ['0.0.0.0', '[::]'] : ['0.0.0.0'];
}

/** At which this machine reaches what listens on `host`. */
export function ownAddress(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

import { BlockList, isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { NameConstraints, Subnet } from './x509/names.ts';

/** Addresses that nobody on the internet has (RFC 1918, RFC 4193, and the machine's own). */
const privateSubnets: readonly Subnet[] = [
  { address: '10.0.0.0', prefix: 8 },
  { address: '172.16.0.0', prefix: 12 },
  { address: '192.168.0.0', prefix: 16 },
  { address: '127.0.0.0', prefix: 8 },
  { address: 'fc00::', prefix: 7 },
  { address: '::1', prefix: 128 },
];

/** Names that are kept for private networks, and given to nobody on the internet. */
const privateDomains = ['localhost', 'local', 'lan', 'internal', 'home.arpa', 'test'];

/** Networks between this machine and what runs on it, which no phone is on. */
const inner = /^(docker|br-|veth|virbr|vmnet|lxc|podman|cni)/;

/** What one interface of this machine has, as `networkInterfaces()` tells it. */
export interface Interface {
  readonly name: string;
  readonly address: string;
}

export function machineInterfaces(): Interface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).map(({ address }) => ({ name, address })),
  );
}

/** This machine's own name as a certificate can hold it: lower case, without what a name may not have. */
export function machineName(name = hostname()): string {
  return name.toLowerCase().replace(/[^a-z0-9.-]/g, '') || 'venue';
}

/**
 * What an authority made on this machine may vouch for. Not its bare name, which may be that of a top-level domain, such as
 * `events`: then it could vouch for everybody below it.
 */
export const privateNames: NameConstraints = { domains: privateDomains, subnets: privateSubnets };

/** Everything that this machine is called by in its own network, its loopback addresses too. */
export function machineNames(machine: string, interfaces: readonly Interface[]): string[] {
  const called = machine.includes('.') ? machine : `${machine}.local`;
  const addresses = interfaces.map(({ address }) => address).filter(isPrivate);
  return [...new Set(['localhost', called, ...addresses, '127.0.0.1', '::1'])];
}

/** The address at which phones in the venue's network reach this machine; undefined when it is in no such network. */
export function lanAddress(interfaces: readonly Interface[]): string | undefined {
  const isLan = ({ name, address }: Interface) =>
    isIP(address) === 4 && isPrivate(address) && !address.startsWith('127.') && !inner.test(name);
  return interfaces.find(isLan)?.address;
}

const privateAddresses = new BlockList();
for (const { address, prefix } of privateSubnets) {
  privateAddresses.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function isPrivate(address: string): boolean {
  return privateAddresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

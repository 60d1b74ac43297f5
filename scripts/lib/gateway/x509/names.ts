import { BlockList, isIP } from 'node:net';
import { implicit, sequence, tagged } from './der.ts';

/** A part of the address space, such as 10.0.0.0/8. */
export interface Subnet {
  readonly address: string;
  readonly prefix: number;
}

/** What a certificate of an authority may be for. RFC 5280, 4.2.1.10. */
export interface NameConstraints {
  /** Names, each with all below it. */
  readonly domains: readonly string[];
  readonly subnets: readonly Subnet[];
}

/** RFC 5280, GeneralName: a DNS name or an IP address. */
export function generalName(name: string): Buffer {
  return isIP(name) ? implicit(7, ipBytes(name)) : implicit(2, Buffer.from(name));
}

/** The permitted subtrees; of a kind of name that is not among them, everything is permitted. */
export function permittedNames({ domains, subnets }: NameConstraints): Buffer {
  const names = [
    ...domains.map((domain) => implicit(2, Buffer.from(domain))),
    ...subnets.map(({ address, prefix }) => {
      const bytes = ipBytes(address);
      return implicit(7, Buffer.concat([bytes, mask(bytes.length, prefix)]));
    }),
  ];
  return sequence(tagged(0, ...names.map((name) => sequence(name))));
}

/** Whether a certificate for this name would be believed. */
export function isPermitted(name: string, { domains, subnets }: NameConstraints): boolean {
  if (!isIP(name)) return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
  const permitted = new BlockList();
  for (const { address, prefix } of subnets) {
    permitted.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return permitted.check(name, isIP(name) === 6 ? 'ipv6' : 'ipv4');
}

function mask(length: number, prefix: number): Buffer {
  const bits = '1'.repeat(prefix).padEnd(length * 8, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

function ipBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const [front, back] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  const all = [...front, ...Array.from({ length: zeros }, () => 0), ...back];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
}

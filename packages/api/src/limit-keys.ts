import { createHmac, hkdfSync } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/*
 * What an event's limits count by: a keyed hash of a network, an e-mail address or a card. The same one always has the same key
 * at this site, nobody without CATRACA_SECRET can tell whose it is, and the address itself is kept nowhere.
 */

/** Bytes of a key: nobody meets another's by chance, and indexes stay small. */
const keyBytes = 16;

export interface LimitKeys {
  /** `address`: an IP address, of which IPv6 counts by its first 64 bits, since a household has as many as that. */
  network(address: string): Uint8Array;
  buyer(email: string): Uint8Array;
  /** `fingerprint`: what the provider says is the same for the same card. */
  card(fingerprint: string): Uint8Array;
}

/** `secret`: CATRACA_SECRET. Each kind has a key of its own, so that one says nothing of another. */
export function openLimitKeys(secret: string): LimitKeys {
  const keyedBy = (kind: string) => {
    const key = Buffer.from(hkdfSync('sha256', secret, '', `catraca:limit:${kind}`, 32));
    return (value: string) =>
      Uint8Array.from(createHmac('sha256', key).update(value).digest().subarray(0, keyBytes));
  };
  const [network, buyer, card] = [keyedBy('network'), keyedBy('buyer'), keyedBy('card')];
  return {
    network: (address) => network(networkOf(address)),
    buyer: (email) => buyer(email.trim().toLowerCase()),
    card,
  };
}

/** The part of an address that one household or one office shares: IPv4 whole, IPv6 as its first four groups. */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
  if (isIPv4(embedded)) return embedded;
  if (!isIPv6(bare)) return bare;
  return groupsOf(bare).slice(0, 4).join(':');
}

/** The groups of an IPv6 address without leading zeros; the part after `::` is only needed to know how many there are. */
function groupsOf(address: string): string[] {
  const withoutIPv4 = address.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0');
  const [head = '', tail] = withoutIPv4.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return [...first, ...Array<string>(zeros).fill('0'), ...last].map((group) =>
    Number.parseInt(group, 16).toString(16),
  );
}

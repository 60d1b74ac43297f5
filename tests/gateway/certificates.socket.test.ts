/** What the venue's own authority vouches for, judged by TLS itself. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkServerIdentity, connect, createServer } from 'node:tls';
import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  LocalAuthority,
  permittedNames,
} from '../../scripts/lib/gateway/certificates/local-authority.ts';
import {
  type Credentials,
  keyToPem,
  newKey,
  readCredentials,
} from '../../scripts/lib/gateway/certificates/pem-file.ts';
import { makeLeaf } from '../../scripts/lib/gateway/x509/certificate.ts';

const dayMs = 24 * 3600 * 1000;
const folder = mkdtempSync(path.join(tmpdir(), 'catraca-authority-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dir = path.join(folder, 'gateway');
const [tlsFile, rootFile] = [path.join(dir, 'venue.pem'), path.join(dir, 'root.pem')];
const ownNames = ['192.168.1.10', 'venue.local', 'fd12:0:1::10', '::1', 'localhost'];

function authority(now = new Date(), also: readonly string[] = []): LocalAuthority {
  const names = [...ownNames, ...also] as [string, ...string[]];
  return new LocalAuthority({ dir, tlsFile, machine: 'venue', names, now: () => now });
}

function read(file: string): Credentials {
  const found = readCredentials(file);
  assert(found);
  return found;
}

beforeEach(() => authority().prepare());

/** Shakes hands with a server that has this certificate, as who looks for `name` and trusts the root alone. */
async function shakeHands(name: string, cert: string, key: string): Promise<string> {
  const server = createServer({ cert, key }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect({
    ...{ host: '127.0.0.1', port, ca: readFileSync(rootFile) },
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
  });
  try {
    await once(socket, 'secureConnect');
    return 'trusted';
  } catch (error) {
    return (error as Error).message;
  } finally {
    socket.destroy();
    server.close();
  }
}

test.each(ownNames)('who trusts the root trusts this machine as %s', async (name) => {
  const { chain, key } = read(tlsFile);
  expect(await shakeHands(name, chain, keyToPem(key))).toBe('trusted');
});

test.each(['bank.example', 'venue', 'tickets.venue', '9.9.9.9', '2001:db8::1'])(
  'a certificate for %s is not trusted, whoever got hold of the root’s key',
  async (name) => {
    const { key: rootKey } = read(path.join(dir, 'root-with-key.pem'));
    const key = newKey();
    const life = { from: new Date(Date.now() - dayMs), until: new Date(Date.now() + dayMs) };
    const issuer = { commonName: 'Catraca venue', key: rootKey };
    const chain = makeLeaf({ names: [name], key, issuer, ...life });
    expect(await shakeHands(name, chain, keyToPem(key))).toBe('permitted subtree violation');
    expect(permittedNames([name])).toEqual([]);
  },
);

test('the root lasts ten years and the server’s certificate one, from a day ago for clocks that are behind', () => {
  const years = ({ certificate }: Credentials) =>
    (certificate.validToDate.getTime() - Date.now()) / dayMs / 365;
  expect(years(read(path.join(dir, 'root-with-key.pem')))).toBeCloseTo(10, 2);
  expect(years(read(tlsFile))).toBeCloseTo(1, 2);
  expect(read(tlsFile).certificate.validFromDate.getTime()).toBeLessThan(Date.now() - dayMs / 2);
});

test('it is made once; a certificate near its end, or without a name of the machine, is made anew', async () => {
  const [root, first] = [readFileSync(rootFile, 'utf8'), read(tlsFile).chain];
  expect(await authority().renew()).toBe(false);
  expect(read(tlsFile).chain).toBe(first);

  expect(await authority(new Date(Date.now() + 300 * dayMs)).renew()).toBe(true);
  const second = read(tlsFile).chain;
  expect(second).not.toBe(first);

  expect(await authority(new Date(), ['10.0.0.7']).renew()).toBe(true);
  expect(read(tlsFile).chain).not.toBe(second);
  expect(readFileSync(rootFile, 'utf8')).toBe(root);
});

test('only its user can read it', () => {
  for (const name of ['root-with-key.pem', 'venue.pem']) {
    expect(statSync(path.join(dir, name)).mode & 0o777).toBe(0o600);
  }
  expect(readFileSync(rootFile, 'utf8')).not.toContain('PRIVATE KEY');
});

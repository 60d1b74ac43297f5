/** A certificate from a public authority, played by Pebble: the real protocol, with an authority of this machine's own. */
import { createSocket } from 'node:dgram';
import { freePort } from '@catraca/db/embedded';
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { LocalAuthority } from '../../scripts/lib/gateway/certificates/local-authority.ts';
import {
  isNearItsEnd,
  keyToPem,
  readCredentials,
} from '../../scripts/lib/gateway/certificates/pem-file.ts';
import { findProgram } from '../../scripts/lib/gateway/find-nginx.ts';
import { startService } from '../../scripts/lib/service.ts';
import { hasNginx, planFront } from './front.ts';
import { startStandIn } from './stand-in.ts';

const programs = ['pebble', 'pebble-challtestsrv'].map(findProgram);
const hasPebble = !programs.includes(undefined);
if (!hasPebble)
  console.warn(
    'No pebble: the test of public certificates is skipped (Debian: apt-get install pebble).',
  );

const domain = 'tickets.catraca.example';

describe.skipIf(!hasNginx || !hasPebble)('a public certificate', async () => {
  if (!hasNginx || !hasPebble) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-pebble-'));
  const children: ChildProcess[] = [];
  afterAll(async () => {
    for (const child of children) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true });
  });
  const [acmePort, managementPort, dnsPort] = [
    await freePort(),
    await freePort(),
    await freeUdpPort(),
  ];
  const web = await startStandIn('web');
  const front = await planFront({ webPort: web.port, realtimePorts: [web.port] });

  /** Pebble speaks over TLS itself, with a certificate of an authority that the gateway is told to trust. */
  function startPebble(): string {
    const tlsFile = path.join(folder, 'pebble.pem');
    const about = { dir: folder, tlsFile, machine: 'pebble', now: () => new Date() };
    new LocalAuthority({ ...about, names: ['localhost', '127.0.0.1'] }).prepare();
    const credentials = readCredentials(tlsFile);
    assert(credentials);
    const [certificate, privateKey] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
    writeFileSync(certificate, credentials.chain);
    writeFileSync(privateKey, keyToPem(credentials.key));
    const pebble = {
      listenAddress: `127.0.0.1:${acmePort}`,
      managementListenAddress: `127.0.0.1:${managementPort}`,
      ...{ certificate, privateKey, httpPort: front.httpPort, tlsPort: front.httpsPort },
    };
    const config = path.join(folder, 'pebble.json');
    writeFileSync(config, JSON.stringify({ pebble }));
    const [server = '', names = ''] = programs;
    const none = ['-http01', '', '-https01', '', '-tlsalpn01', '', '-management', ''];
    run(names, ['-dns01', `127.0.0.1:${dnsPort}`, '-defaultIPv6', '', ...none]);
    run(server, ['-config', config, '-dnsserver', `127.0.0.1:${dnsPort}`]);
    return path.join(folder, 'root.pem');
  }

  function run(program: string, args: string[]): void {
    // It would wait up to 15 s before it looks at the challenge, as a busy authority does, and doubt some nonces.
    const environment = { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '10' };
    children.push(spawn(program, args, { stdio: 'ignore', env: environment }));
  }

  async function get(port: number, target: string): Promise<string> {
    const options = {
      host: 'localhost',
      port,
      path: target,
      ca: readFileSync(path.join(folder, 'root.pem')),
    };
    const [answer] = await once(request(options).end(), 'response');
    return text(answer);
  }

  /** Who serves `domain` now, to somebody who trusts the authority alone. */
  async function serialOf(ca: string): Promise<string> {
    const socket = connect({ host: '127.0.0.1', port: front.httpsPort, servername: domain, ca });
    await once(socket, 'secureConnect');
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  }

  test('is got before the site is said to run, kept, and got anew when it is lost', async () => {
    const trusted = startPebble();
    await expect
      .poll(() => get(acmePort, '/dir').catch(String), { timeout: 10_000 })
      .toContain('newOrder');
    const environment = {
      ...front.environment,
      WEB_ORIGIN: `https://${domain}:${front.httpsPort}`,
      GATEWAY_DOMAIN: domain,
      ACME_DIRECTORY: `https://localhost:${acmePort}/dir`,
      ACME_EMAIL: 'owner@catraca.example',
      NODE_EXTRA_CA_CERTS: trusted,
    };
    const start = () => startService('gateway', environment, front.environment.GATEWAY_LOG_DIR);
    const first = await start();
    const publicRoot = await get(managementPort, '/roots/0');
    const serial = await serialOf(publicRoot);
    await first.stop();

    const second = await start();
    expect(await serialOf(publicRoot)).toBe(serial);
    await second.stop();

    const tlsFile = path.join(front.environment.GATEWAY_DIR, 'public.pem');
    const stored = readCredentials(tlsFile);
    assert(stored);
    expect(isNearItsEnd(stored.certificate, new Date())).toBe(false);
    expect(front.logged()).not.toContain('PRIVATE KEY');

    // As if the machine had come back with a file that was lost.
    rmSync(tlsFile);
    const third = await start();
    expect(await serialOf(publicRoot)).not.toBe(serial);
    await third.stop();
  });

  test('that is not given ends the start, with what the authority said', async () => {
    const environment = {
      ...front.environment,
      GATEWAY_DIR: path.join(folder, 'other'),
      WEB_ORIGIN: `https://never.invalid:${front.httpsPort}`,
      GATEWAY_DOMAIN: 'never.invalid',
      // Nobody answers the challenge there.
      GATEWAY_HTTP_PORT: String(await freePort()),
      ACME_DIRECTORY: `https://localhost:${acmePort}/dir`,
      NODE_EXTRA_CA_CERTS: path.join(folder, 'root.pem'),
    };
    const starting = startService('gateway', environment, path.join(folder, 'logs'));
    await expect(starting).rejects.toThrow('The authority gives no certificate');
  });
});

/** `freePort` keeps what it gives by UDP, which a name server speaks. */
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

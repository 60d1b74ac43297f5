/** What the gateway lets through and what not, before stand-ins that keep what they were asked. */
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { connect } from 'node:tls';
import { WebSocket } from 'ws';
import { describe, expect, test } from 'vitest';
import {
  bodyBytesMax,
  receiveWithinS,
  requestsPerNetwork,
  socketsPerDevice,
} from '../../scripts/lib/gateway/limits.ts';
import { ask, hasNginx, keptConnections, planFront } from './front.ts';
import { startStandIn } from './stand-in.ts';

describe.skipIf(!hasNginx)('the gateway', async () => {
  if (!hasNginx) return;
  const [web, realtime] = await Promise.all([startStandIn('web'), startStandIn('realtime')]);
  const front = await planFront({ webPort: web.port, realtimePorts: [realtime.port] });
  await front.start();
  const own = `localhost:${front.httpsPort}`;

  /** Opens a socket as a device, from an address of this machine. */
  function openSocket(target: string, token: string, localAddress = '127.0.0.1'): WebSocket {
    const socket = new WebSocket(
      `wss://127.0.0.1:${front.httpsPort}${target}`,
      ['catraca.gate.1', token],
      {
        ...{ ca: front.root(), servername: 'localhost', localAddress },
        headers: { host: own },
      },
    );
    socket.on('error', () => {});
    return socket;
  }

  /** The status of a handshake: 101 when it became a socket. */
  async function handshake(token: string, localAddress: string): Promise<number> {
    const socket = openSocket('/v1/gate', token, localAddress);
    const status = await new Promise<number>((resolve, reject) => {
      socket.once('open', () => resolve(101)).once('close', reject);
      socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0));
    });
    socket.terminate();
    return status;
  }

  test.each([
    ['/', 'web'],
    ['/tickets/eyJ0b2tlbg', 'web'],
    ['/trpc/event.list?batch=1', 'web'],
    ['/webhooks/stripe', 'web'],
    ['/sync/facts', 'web'],
    ['/v1/scans', 'realtime'],
    ['/v1/anything', 'realtime'],
    ['/metrics', 'web'],
    ['/v1/../readyz', 'web'],
  ])('%s is for %s', async (target, name) => {
    expect(await ask(front, target)).toMatchObject({ status: 200, body: name });
  });

  test('a service hears where a request comes from, from the gateway alone', async () => {
    const made = { 'x-forwarded-for': '9.9.9.9', forwarded: 'for=9.9.9.9', 'x-real-ip': '9.9.9.9' };
    const also = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'http', proxy: 'x' };
    for (const target of ['/hears', '/v1/hears']) {
      await ask(front, target, { headers: { ...made, ...also }, localAddress: '127.0.0.7' });
    }
    const heard = [...web.asked, ...realtime.asked].filter(({ url }) => url.endsWith('/hears'));
    expect(heard).toHaveLength(2);
    for (const { headers } of heard) {
      expect(headers).toMatchObject({ 'x-forwarded-for': '127.0.0.7', host: own });
      expect(headers['x-forwarded-proto']).toBe('https');
      expect(JSON.stringify(headers)).not.toMatch(/9\.9\.9\.9|evil/);
      expect(headers).not.toHaveProperty('proxy');
    }
  });

  test('a socket keeps its subprotocols and its frames, pings too', async () => {
    const socket = openSocket('/v1/live', 'its-token');
    await once(socket, 'open');
    expect(socket.protocol).toBe('catraca.gate.1');
    const upgrade = realtime.asked.find(({ url }) => url === '/v1/live');
    expect(upgrade?.headers['sec-websocket-protocol']).toBe('catraca.gate.1,its-token');
    socket.send('hello');
    expect(String((await once(socket, 'message'))[0])).toBe('realtime hello');
    socket.ping('are you there');
    expect(String((await once(socket, 'pong'))[0])).toBe('are you there');
    socket.close(4321);
    expect((await once(socket, 'close'))[0]).toBe(4321);
  });

  test('plain http and other names lead to the one address', async () => {
    const plain = await fetch(`http://127.0.0.1:${front.httpPort}/scan?a=1`, {
      redirect: 'manual',
    });
    expect(plain.status).toBe(308);
    expect(plain.headers.get('location')).toBe(`https://${own}/scan?a=1`);
    const other = await ask(front, '/scan?a=1', { headers: { host: '127.0.0.1' } });
    expect(other.headers.location).toBe(`https://${own}/scan?a=1`);
    expect(web.asked.some(({ url }) => url.startsWith('/scan'))).toBe(false);
  });

  test('nothing older than TLS 1.2 is spoken', async () => {
    const options = { host: '127.0.0.1', port: front.httpsPort, ca: front.root() };
    const old = connect({
      ...options,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
    });
    await expect(once(old, 'secureConnect')).rejects.toThrow(/protocol|handshake/i);
  });

  test('a body over the limit is refused before a service sees it; a batch of another site may be larger', async () => {
    const body = Buffer.alloc(bodyBytesMax + 1);
    expect(await ask(front, '/trpc/large', { method: 'POST', body })).toMatchObject({
      status: 413,
    });
    expect(await ask(front, '/v1/scans?large', { method: 'POST', body })).toMatchObject({
      status: 413,
    });
    expect(await ask(front, '/sync/large', { method: 'POST', body })).toMatchObject({
      status: 200,
    });
    const urls = [...web.asked, ...realtime.asked].map(({ url }) => url);
    expect(urls.filter((url) => url.endsWith('large'))).toEqual(['/sync/large']);
    const whole = await ask(front, '/trpc/whole', { method: 'POST', body: body.subarray(1) });
    expect(whole.status).toBe(200);
  });

  test('one network that asks too much is told so, and no other', async () => {
    const agent = keptConnections(front, 16);
    const from = (localAddress: string) => ask(front, '/busy', { agent, localAddress });
    const began = performance.now();
    const tries = Array.from({ length: requestsPerNetwork.burst + 600 }, () => from('127.0.0.8'));
    const answers = await Promise.all(tries);
    const seconds = (performance.now() - began) / 1000;
    const refused = answers.filter(({ status }) => status === 429);
    const may = requestsPerNetwork.burst + seconds * requestsPerNetwork.perSecond;
    expect(answers.length - refused.length).toBeLessThanOrEqual(may + 2);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    expect(await from('127.0.0.9')).toMatchObject({ status: 200 });
  });

  test('a device that opens socket after socket is told to wait, and no other of its network', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < socketsPerDevice.burst * 3; i++) {
      statuses.push(await handshake('its-token-a', '127.0.0.10'));
    }
    expect(statuses.slice(0, socketsPerDevice.burst).every((status) => status === 101)).toBe(true);
    expect(statuses).toContain(429);
    expect(await handshake('its-token-b', '127.0.0.10')).toBe(101);
  });

  test('who sends the head of a request by drops is cut off', async () => {
    const socket = connect({
      host: '127.0.0.1',
      port: front.httpsPort,
      ca: front.root(),
      servername: 'localhost',
    });
    await once(socket, 'secureConnect');
    const began = performance.now();
    socket.write('GET / HTTP/1.1\r\nHost: ');
    const drops = setInterval(() => socket.writable && socket.write('a'), 500);
    socket.on('error', () => {});
    await new Promise((resolve) => socket.resume().once('close', resolve));
    clearInterval(drops);
    expect(performance.now() - began).toBeLessThan((receiveWithinS + 5) * 1000);
  });

  test('its logs name no address, no key, and nobody', async () => {
    const secrets = [
      's3cret-ticket',
      's3cret-query',
      's3cret-agent',
      's3cret-token',
      's3cret-from',
    ];
    const [key, query, agent, token, from] = secrets;
    const headers = {
      'user-agent': agent,
      authorization: `Bearer ${token}`,
      referer: `https://x/${from}`,
    };
    await ask(front, `/tickets/${key}?key=${query}`, { headers, localAddress: '127.1.2.3' });
    // A node that ends in the middle of a request is an error of which nginx would write the address.
    web.server.once('request', ({ socket }: { socket: { destroy(): void } }) => socket.destroy());
    const lost = await ask(front, `/tickets/${key}?key=${query}`, { headers, method: 'POST' });
    expect(lost.status).toBe(503);
    await openSocketAndClose('/v1/gate', 's3cret-token');
    await expect.poll(() => front.logged()).toContain('prematurely closed');
    await expect.poll(() => front.logged()).toContain('"part":"v1/gate","status":"101"');
    const logged = front.logged();
    expect(logged).toMatch(
      /"network":"127\.1\.2\.0","method":"GET","part":"tickets","status":"200"/,
    );
    for (const secret of [...secrets, '127.1.2.3']) expect(logged).not.toContain(secret);
  });

  async function openSocketAndClose(target: string, token: string): Promise<void> {
    const socket = openSocket(target, token);
    await once(socket, 'open');
    socket.close();
    await once(socket, 'close');
  }

  test('its keys are for its user alone', () => {
    const dir = front.environment.GATEWAY_DIR;
    const keys = readdirSync(dir).filter((name) => name.endsWith('.pem'));
    expect(keys.sort()).toEqual(['root-with-key.pem', 'root.pem', 'venue.pem']);
    for (const name of keys) expect(statSync(path.join(dir, name)).mode & 0o777).toBe(0o600);
  });
});

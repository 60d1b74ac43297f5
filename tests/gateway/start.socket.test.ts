/** `npm start -- --https`: one address for the whole network, begun and ended with everything else. */
import { freePort } from '@catraca/db/embedded';
import { testDatabase } from '@catraca/db/testing';
import { testMasterKey } from '@catraca/db/testing/shop';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import { end, refuses, startCatraca } from '../support/npm-start.ts';
import { hasNginx } from './front.ts';

/** As without a gateway. */
const endsWithinMs = 3_000;

const { url } = await testDatabase();
const data = mkdtempSync(path.join(tmpdir(), 'catraca-start-https-'));
afterAll(() => rmSync(data, { recursive: true }));
const [web, realtime, https, http] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
const args = [
  ...['--port', `${web}`, '--realtime-port', `${realtime}`, '--host', '127.0.0.1'],
  ...['--https', '--https-port', `${https}`, '--http-port', `${http}`],
];
/** The database was made with this key. */
const CATRACA_MASTER_KEY = Buffer.from(testMasterKey).toString('hex');
const start = (settings: Record<string, string> = {}) =>
  startCatraca(data, args, { DATABASE_URL: url, CATRACA_MASTER_KEY, ...settings });

// Before the tests, so that the first of them is not timed with a build.
await buildWeb();

test('without nginx it says what to install', async () => {
  const starting = start({ NGINX: '/nowhere/nginx' });
  await expect(starting).rejects.toThrow('Install the package nginx-light');
});

test('a demo does not go to the internet', async () => {
  const starting = startCatraca(data, [...args, '--domain', 'tickets.example'], {
    DATABASE_URL: url,
  });
  await expect(starting).rejects.toThrow('CATRACA_MODE=production');
});

describe.skipIf(!hasNginx)('with nginx', () => {
  test('the site is reached at one address, ends with Ctrl-C, and with a start that is killed', async () => {
    const first = await start();
    expect(first.printed()).toContain(`https://localhost:${https}/scan`);
    expect(first.printed()).toContain(`http://localhost:${http}/ca`);
    const ca = readFileSync(path.join(data, 'gateway/root.pem'));
    const [answer] = await once(get(`https://localhost:${https}/`, { ca }), 'response');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
    expect(answer.headers['content-security-policy']).toContain(`wss://localhost:${https}`);
    expect(await text(answer)).toContain('Papagaio');
    expect(await end(first, 'SIGINT')).toBeLessThan(endsWithinMs);
    expect(await refuses(https ?? 0)).toBe(true);

    const second = await start();
    expect(readFileSync(path.join(data, 'gateway/root.pem'))).toEqual(ca);
    await end(second, 'SIGKILL');
    for (const port of [https, http, web]) {
      await expect.poll(() => refuses(port ?? 0), { timeout: endsWithinMs }).toBe(true);
    }
  });

  // Whose process a number is only Linux tells.
  test.skipIf(process.platform !== 'linux')(
    'an nginx that was left behind is ended by the next start',
    async () => {
      const first = await start();
      const nginx = readFileSync(path.join(data, 'gateway/nginx.pid'), 'utf8').trim();
      const gateway = / \S (\d+) /.exec(readFileSync(`/proc/${nginx}/stat`, 'utf8'))?.[1];
      const ended = once(first.process, 'exit');
      process.kill(Number(gateway), 'SIGKILL');
      await ended;
      expect(first.process.exitCode).toBe(1);
      expect(first.printed()).toContain('gateway ended by itself');
      expect(await refuses(https ?? 0)).toBe(false);

      const next = await start();
      await end(next, 'SIGTERM');
      expect(await refuses(https ?? 0)).toBe(true);
    },
  );
});

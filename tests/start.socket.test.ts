import { freePort, stopPostgres } from '@catraca/db/embedded';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { buildWeb } from '../scripts/lib/build-web.ts';
import { end, refuses, startCatraca } from './support/npm-start.ts';

const data = mkdtempSync(path.join(tmpdir(), 'catraca-start-'));
const pgData = path.join(data, 'postgres');
const ports = { web: await freePort(), realtime: await freePort() };

/** What is promised: three seconds after Ctrl-C all is over. */
const endsWithinMs = 3_000;

// Before the tests, so that the first of them is not timed with a build.
await buildWeb();

/** What `npm start` runs, with a data folder of the test's own, until it says that all runs. */
const start = () =>
  startCatraca(data, ['--port', `${ports.web}`, '--realtime-port', `${ports.realtime}`]);

async function countPasses(): Promise<number> {
  const password = readFileSync(path.join(pgData, 'password'), 'utf8');
  const port = readFileSync(path.join(pgData, 'port'), 'utf8');
  const sql = postgres(`postgres://postgres:${password}@127.0.0.1:${port}/catraca`, { max: 1 });
  try {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from passes`;
    return row?.count ?? 0;
  } finally {
    await sql.end();
  }
}

afterAll(async () => {
  await stopPostgres(pgData);
  rmSync(data, { recursive: true });
});

test('npm start serves the demo, ends cleanly on Ctrl-C, and starts again with its data', async () => {
  const first = await start();
  const passes = await countPasses();
  expect(passes).toBeGreaterThan(20_000);
  expect((await fetch(`http://localhost:${ports.web}/`)).status).toBe(200);
  expect((await fetch(`http://localhost:${ports.realtime}/readyz`)).status).toBe(200);

  expect(await end(first, 'SIGINT')).toBeLessThan(endsWithinMs);
  expect(first.process.exitCode).toBe(0);
  expect(await refuses(ports.web)).toBe(true);
  expect(await refuses(ports.realtime)).toBe(true);
  expect(existsSync(path.join(pgData, 'postmaster.pid'))).toBe(false);
  expectNoSecrets(first.printed());

  const second = await start();
  expect(await countPasses()).toBe(passes);
  expect(await end(second, 'SIGTERM')).toBeLessThan(endsWithinMs);
});

function expectNoSecrets(printed: string): void {
  const stored = readFileSync(path.join(data, 'secrets.json'), 'utf8');
  const secrets = Object.values(JSON.parse(stored) as Record<string, string>);
  const logs = ['web', 'realtime', 'worker'].map((name) =>
    readFileSync(path.join(data, 'logs', `${name}.log`), 'utf8'),
  );
  const everything = [printed, ...logs].join('\n');
  for (const secret of [...secrets, readFileSync(path.join(pgData, 'password'), 'utf8')]) {
    expect(everything).not.toContain(secret);
  }
}

test('one start runs at a time; when it is killed its services end too, and another can start', async () => {
  const running = await start();
  await expect(start()).rejects.toThrow('already runs here');
  expect((await fetch(`http://localhost:${ports.web}/healthz`)).status).toBe(200);

  await end(running, 'SIGKILL');
  await expect.poll(() => refuses(ports.web), { timeout: endsWithinMs }).toBe(true);
  await expect.poll(() => refuses(ports.realtime), { timeout: endsWithinMs }).toBe(true);

  const next = await start();
  expect(await end(next, 'SIGTERM')).toBeLessThan(endsWithinMs);
});

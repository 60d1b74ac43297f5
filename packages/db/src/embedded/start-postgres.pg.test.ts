import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { createDatabase, startPostgres, stopPostgres } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'catraca-embedded-'));
const dataDir = path.join(folder, 'postgres');
const fsync = false;

afterAll(async () => {
  await stopPostgres(dataDir);
  rmSync(folder, { recursive: true });
});

async function query(url: string, text: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

test('a live server of the same data folder is found, not started again', async () => {
  const first = await startPostgres({ dataDir, fsync });
  const second = await startPostgres({ dataDir, fsync });
  expect(first.started).toBe(true);
  expect(second.started).toBe(false);
  expect(second.url).toBe(first.url);
});

test('two starts at once end with one server', async () => {
  await stopPostgres(dataDir);
  const [one, other] = await Promise.all([
    startPostgres({ dataDir, fsync }),
    startPostgres({ dataDir, fsync }),
  ]);
  expect(one.url).toBe(other.url);
});

test('what was committed is there after a kill, on the same port', async () => {
  const before = await startPostgres({ dataDir, fsync });
  await query(before.url, 'create table kept as select 1 as n');
  const [pid] = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGKILL');

  const after = await startPostgres({ dataDir, fsync });
  expect(after.started).toBe(true);
  expect(after.port).toBe(before.port);
  expect(await query(after.url, 'select n from kept')).toEqual([{ n: 1 }]);
});

test('a stopped server refuses connections and starts again with its data', async () => {
  const running = await startPostgres({ dataDir, fsync });
  const url = await createDatabase(running.url, 'kept');
  await running.stop();
  await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

  await startPostgres({ dataDir, fsync });
  expect(await query(url, 'select current_database() as name')).toEqual([{ name: 'kept' }]);
});

test('a port that something still holds for a moment is waited for', async () => {
  const before = await startPostgres({ dataDir, fsync });
  await before.stop();
  const squatter = createServer().listen(before.port, '127.0.0.1');
  await once(squatter, 'listening');

  const starting = startPostgres({ dataDir, fsync });
  await pause(100);
  squatter.close();
  expect((await starting).port).toBe(before.port);
});

test('a port that another program keeps is left to it', async () => {
  const before = await startPostgres({ dataDir, fsync });
  await before.stop();
  const squatter = createServer().listen(before.port, '127.0.0.1');
  await once(squatter, 'listening');

  const after = await startPostgres({ dataDir, fsync });
  expect(after.port).not.toBe(before.port);
  squatter.close();
  expect(await query(after.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('what was in memory is read back at the next start', async () => {
  const other = path.join(folder, 'warm');
  const first = await startPostgres({ dataDir: other });
  await query(first.url, 'create table warm as select generate_series(1, 1000) as n');
  await query(first.url, 'create extension pg_buffercache');
  const pages = `select count(*)::int as n from pg_buffercache where relfilenode = pg_relation_filenode('warm')`;
  const before = await query(first.url, pages);
  await first.stop();

  const second = await startPostgres({ dataDir: other });
  try {
    expect(before).not.toEqual([{ n: 0 }]);
    await expect.poll(() => query(second.url, pages), { timeout: 10_000 }).toEqual(before);
  } finally {
    await second.stop();
  }
});

test('a server started without fsync is refused to who needs it', async () => {
  await startPostgres({ dataDir, fsync });
  await expect(startPostgres({ dataDir })).rejects.toThrow('without fsync');
});

test('nobody gets in without the password', async () => {
  const { url } = await startPostgres({ dataDir, fsync });
  const stranger = new URL(url);
  stranger.password = 'guessed';
  await expect(query(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { GateClient, newScan, verdictOf } from '../testing/gate-client.ts';
import { startRealtimeProcess } from '../testing/processes.ts';

const { db, url } = await testDatabase();
const event = await makeSmallEvent(db);
const device = await makeDevice(db, event);
const profileDir = mkdtempSync(path.join(tmpdir(), 'catraca-profiles-'));
afterAll(() => rmSync(profileDir, { recursive: true }));
const { port, service } = await startRealtimeProcess(url, { profileDir });

const stages = ['answer', 'wait', 'batch', 'read', 'decide', 'commit', 'reply'];

async function readMetrics(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

async function judgeOne(): Promise<void> {
  const [pass] = await makePasses(db, event, event.types.once, 1);
  const client = await GateClient.open(port, device.token);
  const answer = await client.judge(newScan(pass?.token ?? '', event.north));
  expect(verdictOf(answer)).toBe('admitted');
  await client.close();
}

test('each stage of a scan is measured, and so are event loop, pool and memory', async () => {
  await judgeOne();
  const metrics = await readMetrics();
  for (const stage of stages) {
    expect(metrics).toMatch(new RegExp(`^catraca_gate_${stage}_seconds_count [1-9]`, 'm'));
  }
  expect(metrics).toMatch(/^catraca_gate_batch_size_sum [1-9]/m);
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'catraca_pool_answer_seconds',
    'process_resident_memory_bytes',
  ]) {
    expect(metrics).toMatch(new RegExp(`^${name} [0-9.e-]+$`, 'm'));
  }
});

/** What can be asked for, also when it has no value yet. */
function namesIn(metrics: string): Set<string> {
  const suffixes = { histogram: ['_bucket', '_sum', '_count'], counter: [''], gauge: [''] };
  const types = metrics.matchAll(/^# TYPE ([a-z_0-9]+) (histogram|counter|gauge)$/gm);
  return new Set(
    [...types].flatMap(([, name = '', type]) =>
      suffixes[type as keyof typeof suffixes].map((suffix) => name + suffix),
    ),
  );
}

test.each(['gate', 'live'])('every metric that the dashboard %s shows is told', async (name) => {
  const file = path.join(import.meta.dirname, `../../../../docs/grafana/${name}.json`);
  const { panels } = z
    .object({
      panels: z.array(
        z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) }),
      ),
    })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  await judgeOne();
  const told = namesIn(await readMetrics());
  const shown = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b(?:catraca|process|nodejs)_[a-z_0-9]+/g) ?? []),
  );
  expect(shown.length).toBeGreaterThan(panels.length);
  expect(shown.filter((name) => !told.has(name))).toEqual([]);
});

test('SIGUSR2 has a CPU profile written, and the gate goes on meanwhile', async () => {
  service.process.kill('SIGUSR2');
  await judgeOne();
  const profiles = () => readdirSync(profileDir).filter((name) => name.endsWith('.cpuprofile'));
  while (profiles().length === 0) await pause(50);
  const [name] = profiles();
  const read = (): unknown => JSON.parse(readFileSync(path.join(profileDir, name ?? ''), 'utf8'));
  const profile = z
    .object({ nodes: z.array(z.unknown()).min(1), samples: z.array(z.number()).min(1) })
    .safeParse(read());
  expect(profile.success).toBe(true);
  expect(service.process.exitCode).toBeNull();
});

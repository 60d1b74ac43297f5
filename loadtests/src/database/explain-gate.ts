import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openDb, schema } from '@catraca/db';
import { type GateScan, judgeScans, openGateDb } from '@catraca/db/gate';
import {
  type CheckpointId,
  type DeviceId,
  parseCode,
  uuidv7,
  uuidv7RandomBytes,
} from '@catraca/domain';
import { benchSite, kindOf, tokenOf } from '../passes/pass.ts';
import { Permutation } from '../passes/permutation.ts';
import type { BenchDatabase } from './bench-database.ts';

/** Scans of a full batch of the gate. */
const batchSize = 160;

/** What PostgreSQL did for one statement, as EXPLAIN (ANALYZE, BUFFERS) tells it. */
export interface Explained {
  readonly statement: string;
  readonly ms: number;
  readonly plan: unknown;
}

/**
 * How PostgreSQL runs each statement of a full batch: the gate's own code sends it, and the server writes the plans into its
 * log. The second batch is told of: the first opens what the connection needs.
 */
export async function explainGate(database: BenchDatabase): Promise<Explained[]> {
  const { sql, url, dataDir } = database;
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_parameter_max_length': '0',
  };
  const device = await findDevice(url);
  for (const [name, value] of Object.entries(settings)) {
    await sql.unsafe(`alter database bench set ${name} = '${value}'`);
  }
  const gate = openGateDb(url);
  try {
    await judgeScans(gate, benchSite, makeBatch(database, device));
    const before = serverLog(dataDir).length;
    await judgeScans(gate, benchSite, makeBatch(database, device));
    return readPlans(serverLog(dataDir).slice(before));
  } finally {
    await gate.end({ timeout: 1 });
    for (const name of Object.keys(settings)) {
      await sql.unsafe(`alter database bench reset ${name}`);
    }
  }
}

/** Good passes, each for the first time. */
function makeBatch(database: BenchDatabase, device: DeviceId): GateScan[] {
  const { walk, event } = database;
  const checkpointId = BigInt(event.scanFacts.checkpoints.hall[0] ?? 0) as CheckpointId;
  const order = new Permutation(walk.size);
  const scans: GateScan[] = [];
  let { cursor } = walk;
  for (; scans.length < batchSize && cursor < walk.size; cursor++) {
    const pass = order.at(cursor);
    if (kindOf(pass) !== 'good') continue;
    const codeText = tokenOf(pass, event.scanFacts.token);
    scans.push({
      scanId: uuidv7(Date.now(), randomBytes(uuidv7RandomBytes)),
      ...{ codeText, code: parseCode(codeText), verification: null, checkpointId },
      ...{ direction: 'entry', scannedAt: Date.now(), alone: null, rules: event.venue.rules },
      device: { id: device, eventId: event.venue.eventId, checkpointIds: null },
    });
  }
  database.walk = { ...walk, cursor };
  return scans;
}

async function findDevice(url: string): Promise<DeviceId> {
  const db = openDb(url, { connections: 1, name: 'bench' });
  const [device] = await db.select({ id: schema.devices.id }).from(schema.devices).limit(1);
  await db.$client.end({ timeout: 1 });
  return (device?.id ?? 0n) as DeviceId;
}

function serverLog(dataDir: string): string {
  return readFileSync(path.join(dataDir, 'server.log'), 'utf8');
}

/** An entry's first line tells the time it took; the lines of its plan begin with a tab. */
const entry = /duration: ([0-9.]+) ms {2}plan:\n((?:\t.*\n?)+)/g;

function readPlans(log: string): Explained[] {
  return [...log.matchAll(entry)].map(([, ms, json = 'null']) => {
    const { 'Query Text': statement, ...plan } = JSON.parse(json) as Record<string, unknown>;
    return { statement: String(statement).replaceAll(/\s+/g, ' ').trim(), ms: Number(ms), plan };
  });
}

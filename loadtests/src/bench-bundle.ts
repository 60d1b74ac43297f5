/** npm run bench:bundle: what the data of a large event weighs on a device, and how long it takes to get it there. */
import { openDb } from '@catraca/db';
import { readBundle, readBundleChanges } from '@catraca/db/gate';
import type { EventId, PassId } from '@catraca/domain';
import { bundlePrefix, parseBundle, PassTable, passIdAt, passRecordBytes } from '@catraca/protocol';
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { constants, gzipSync } from 'node:zlib';
import { defaultBenchFolder } from './database/loaded-folder.ts';
import { count } from './options.ts';
import { withDatabase } from './run-bench.ts';

const usage = `
npm run bench:bundle -- [options]

  --passes N      passes of the event                      300000
  --used SHARE    of them have come in                     0.5
  --data DIR      where loaded databases are kept          .data/bench`;

/** What a device may keep, and how long it may take to open it. */
const goals = { bytes: 25_000_000, ms: 10_000 };
const lookUps = 100_000;

const { values } = parseArgs({
  options: {
    passes: { type: 'string', default: '300000' },
    used: { type: 'string', default: '0.5' },
    data: { type: 'string', default: defaultBenchFolder },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage.trim());
else await bench(count('passes', values.passes), Number(values.used));

async function bench(passes: number, used: number): Promise<void> {
  await withDatabase(values.data, passes, async (database) => {
    await database.reset(used);
    const eventId = database.event.venue.eventId;
    const db = openDb(database.url, { connections: 1 });
    try {
      const whole = await timed('the database puts it together', () => readBundle(db, eventId));
      const bytes = bundleOf(eventId, whole.parts);
      tell('on the wire', `${megabytes(bytes.length)}`);
      const gzipped = await timed('compressed', () =>
        gzipSync(bytes, { level: constants.Z_BEST_SPEED }),
      );
      tell('on the wire, compressed', megabytes(gzipped.length));
      await timed('what is new since, of nothing', () =>
        readBundleChanges(db, eventId, whole.point),
      );
      await onDevice(bytes, passes);
    } finally {
      await db.$client.end();
    }
  });
}

async function onDevice(bytes: Uint8Array<ArrayBuffer>, passes: number): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealing = { name: 'AES-GCM', iv };
  const sealed = await timed('the device seals it', () =>
    crypto.subtle.encrypt(sealing, key, bytes),
  );
  const startedAt = performance.now();
  const opened = await timed('and opens it again', () =>
    crypto.subtle.decrypt(sealing, key, sealed),
  );
  const parsed = await timed('checks all of it', () => parseBundle(new Uint8Array(opened)));
  assert(parsed.ok);
  const table = await timed('and makes it ready', () => new PassTable(parsed.value.records));
  const readyMs = performance.now() - startedAt;
  tell('in memory', megabytes(table.bytes));
  const perLookUp = await lookUpAll(table, parsed.value.records);
  tell('a look-up', `${(perLookUp * 1000).toFixed(1)} µs`);
  tell('from storage to ready', `${readyMs.toFixed(0)} ms`);
  const isGood = table.bytes < goals.bytes && bytes.length < goals.bytes && readyMs < goals.ms;
  console.log(`${passes} passes: ${isGood ? 'within' : 'NOT within'} 25 MB and 10 s.`);
  if (!isGood) process.exitCode = 1;
}

async function lookUpAll(table: PassTable, records: Uint8Array<ArrayBuffer>): Promise<number> {
  const view = new DataView(records.buffer);
  const all = records.length / passRecordBytes;
  const startedAt = performance.now();
  for (let i = 0; i < lookUps; i++) {
    const id = passIdAt(view, ((i * 7919) % all) * passRecordBytes) as PassId;
    const found = table.find(id);
    assert(found && found.barcode !== null && table.findByBarcode(found.barcode)?.passId === id);
  }
  return (performance.now() - startedAt) / (2 * lookUps);
}

function bundleOf(eventId: EventId, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const serverTime = new Date().toISOString();
  const prefix = bundlePrefix({ eventId: String(eventId), serverTime, cursor: '', whole: true });
  return Uint8Array.from(Buffer.concat([prefix, ...parts]));
}

async function timed<Result>(what: string, work: () => Promise<Result> | Result): Promise<Result> {
  const startedAt = performance.now();
  const result = await work();
  tell(what, `${(performance.now() - startedAt).toFixed(0)} ms`);
  return result;
}

function tell(what: string, figure: string): void {
  console.log(`${what.padEnd(34)}${figure}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

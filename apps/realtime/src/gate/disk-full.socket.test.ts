import { loadVenue } from '@catraca/db/gate';
import { auditLog, makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import type { ScanRequest } from '@catraca/protocol';
import assert from 'node:assert/strict';
import { afterAll, expect, test } from 'vitest';
import { GateClient, newScan, verdictOf } from '../testing/gate-client.ts';
import { startOwnDatabase } from '../testing/own-database.ts';
import { startRealtimeProcess } from '../testing/processes.ts';
import { mountSmallDisk } from '../testing/small-disk.ts';

/** A new cluster takes 60 MB, and its write-ahead log comes in pieces of 16. */
const diskMebibytes = 200;

/** Sent at once, round after round: a page that has room is filled before the disk is asked for another. */
const scansInRound = 50;
const roundsMax = 200;

const disk = mountSmallDisk(diskMebibytes);
if (disk === undefined) console.warn('disk-full: not run, since a small disk takes root to mount');
const database = disk && (await startOwnDatabase(disk.folder));
afterAll(async () => {
  await database?.end();
  disk?.remove();
});

test.skipIf(database === undefined)(
  'A-9, P-6: the disk is full: devices are told busy, no answer is lost, and with room again the gate goes on by itself',
  async () => {
    assert(database);
    const { url, db } = database;
    const event = await makeSmallEvent(db);
    const device = await makeDevice(db, event);
    const [pass] = await makePasses(db, event, event.types.unlimited, 1);
    const { port, service } = await startRealtimeProcess(url);
    const client = await GateClient.open(port, device.token);
    const newScans = () =>
      Array.from({ length: scansInRound }, () => newScan(pass?.token ?? '', event.north));
    const sent: ScanRequest[] = [];
    const judgeRound = async () => {
      const scans = newScans();
      sent.push(...scans);
      const answers = await Promise.all(scans.map((scan) => client.scan(scan)));
      return answers.map(verdictOf);
    };
    expect(new Set(await judgeRound())).toEqual(new Set(['admitted']));

    disk?.fill();
    let verdicts: (string | undefined)[] = [];
    for (let round = 0; round < roundsMax && !verdicts.includes('busy'); round++) {
      verdicts = await judgeRound();
    }
    expect(verdicts).toContain('busy');
    expect(new Set(sent.map(({ scanId }) => verdictOf(client.answers.get(scanId))))).toEqual(
      new Set(['admitted', 'busy']),
    );

    disk?.makeRoom();
    const open = sent.filter(({ scanId }) => client.answers.get(scanId)?.type === 'busy');
    const answers = await Promise.all(open.map((scan) => client.judge(scan)));
    expect(answers.map(verdictOf)).toEqual(open.map(() => 'admitted'));
    const rows = await db.$client<{ scan_id: string }[]>`select scan_id from scans`;
    const stored = new Set(rows.map((row) => row.scan_id));
    expect(rows).toHaveLength(sent.length);
    expect(sent.filter(({ scanId }) => !stored.has(scanId))).toEqual([]);
    const venue = await loadVenue(db, event.eventId);
    assert(venue);
    expect(await auditLog(db, venue)).toEqual([]);
    expect(service.process.exitCode).toBeNull();
    await client.close();
  },
);

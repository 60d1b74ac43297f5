import { initSite } from '@catraca/db';
import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import assert from 'node:assert/strict';
import { expect, test } from 'vitest';
import { countedBy, shownBy, visitAll } from '../testing/counted.ts';
import { GateClient } from '../testing/gate-client.ts';
import { natsServer, TestNats } from '../testing/nats-server.ts';
import { startRealtimeProcess } from '../testing/processes.ts';
import { WallClient } from '../testing/wall-client.ts';

const { db, url } = await testDatabase();
await initSite(db, { number: 1, name: 'test', kind: 'cloud' });
const nats = natsServer && (await TestNats.start());

test.skipIf(!nats)(
  'A-63: with NATS between three processes every wall is complete, though its server is killed in the middle',
  async () => {
    assert(nats);
    const start = () => startRealtimeProcess(url, { natsUrl: nats.url });
    const processes = await Promise.all([start(), start(), start()]);
    const event = await makeSmallEvent(db);
    const device = await makeDevice(db, event);
    const ports = processes.map(({ port }) => port);
    // The same device on all of them.
    const clients = await Promise.all(
      [...ports, ...ports].map((port) => GateClient.open(port, device.token)),
    );
    const walls = await Promise.all(ports.map((port) => WallClient.open(port, event.eventId)));
    const passes = await makePasses(db, event, event.types.reentry, 90);
    const visit = (from: number, to: number) =>
      visitAll(
        clients,
        event,
        passes.slice(from, to).map(({ token }) => token),
      );

    await visit(0, 30);
    await Promise.all(walls.map((wall) => wall.until(() => wall.scans === 30 * 7)));
    await nats.kill();
    await visit(30, 60);
    const visiting = visit(60, 90);
    await nats.startAgain();
    await visiting;

    const counted = await countedBy(db, event);
    await Promise.all(walls.map((wall) => wall.until(() => wall.scans >= 90 * 7)));
    await Promise.all(walls.map((wall) => wall.untilQuiet()));
    for (const wall of walls) expect(shownBy(wall)).toEqual(counted);
    await Promise.all([...walls, ...clients].map((socket) => socket.close()));
  },
);

/** Several realtime processes behind one address: balanced, left out when they die, hang or end, and taken back. */
import { makeDevice, makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { closeCodes, scansPath } from '@catraca/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { GateClient, newScan, verdictOf } from '../../apps/realtime/src/testing/gate-client.ts';
import { readMetric } from '../../apps/realtime/src/testing/read-metric.ts';
import { countStored } from '../../apps/realtime/src/testing/realtime.ts';
import { startRealtimeProcess } from '../../apps/realtime/src/testing/processes.ts';
import { ask, hasNginx, planFront } from './front.ts';
import { startStandIn } from './stand-in.ts';

/** A device gives a line that does not open ten seconds. */
const leftOutWithinMs = 5_000;

describe.skipIf(!hasNginx)('two realtime processes behind the gateway', async () => {
  if (!hasNginx) return;
  const { db, url } = await testDatabase();
  const event = await makeSmallEvent(db);
  const device = await makeDevice(db, event);
  const others = await Promise.all(Array.from({ length: 12 }, () => makeDevice(db, event)));
  const passes = (await makePasses(db, event, event.types.once, 20)).values();
  const scan = () => newScan(passes.next().value?.token ?? '', event.north);

  let [one, two] = await Promise.all([startRealtimeProcess(url), startRealtimeProcess(url)]);
  const web = await startStandIn('web');
  const front = await planFront({ webPort: web.port, realtimePorts: [one.port, two.port] });
  await front.start();
  const at = { origin: front.environment.WEB_ORIGIN, ca: front.root() };
  const clients = new Set<GateClient>();
  afterAll(() => clients.forEach(({ socket }) => socket.terminate()));

  async function open(token = device.token): Promise<GateClient> {
    const client = await GateClient.open(at, token);
    clients.add(client);
    return client;
  }

  const crowd = () => Promise.all(others.map(({ token }) => open(token)));

  async function closeAll(): Promise<void> {
    await Promise.all([...clients].map((client) => client.close()));
    clients.clear();
  }

  /** Until both processes take their share: one that failed is taken back after a few good answers. */
  async function sharedOut(): Promise<void> {
    const counts = async () => {
      await closeAll();
      await crowd();
      return Promise.all([one, two].map(({ port }) => readMetric(port, 'catraca_gate_sockets')));
    };
    const half = others.length / 2;
    await expect.poll(counts, { timeout: 15_000, interval: 250 }).toEqual([half, half]);
    await closeAll();
  }

  /** Whether as many devices as there are all get in, each in a second. */
  async function allGetIn(): Promise<boolean> {
    const tries = others.map(async ({ token }) => {
      const client = new GateClient(at, token);
      const patience = setTimeout(() => client.socket.terminate(), 1_000);
      const isIn = await client.hello().then(
        () => true,
        () => false,
      );
      clearTimeout(patience);
      client.socket.terminate();
      return isIn;
    });
    return (await Promise.all(tries)).every(Boolean);
  }

  test('devices are shared out evenly', sharedOut);

  test('kill -9 of one: its devices have their verdicts from the other, each scan once', async () => {
    const devices = await crowd();
    const scans = devices.map(() => scan());
    // The half that is not answered any more is sent again with the same id, as a device does.
    const answers = devices.map((client, i) => client.scan(scans[i] ?? scan()));
    one.service.process.kill('SIGKILL');
    await one.service.ended;
    const verdicts = await Promise.all(
      devices.map(async (client, i) => {
        const lost = client.closed.then(() => undefined);
        const answer = await Promise.race([answers[i], lost]);
        return verdictOf(answer ?? (await (await open()).judge(scans[i] ?? scan())));
      }),
    );
    expect(verdicts).toEqual(devices.map(() => 'admitted'));
    for (const made of scans) expect(await countStored(db, made)).toBe(1);
    expect(await allGetIn()).toBe(true);
    one = await startRealtimeProcess(url, { port: one.port });
    await sharedOut();
  });

  test('one that hangs is left out within seconds, and taken back when it goes on', async () => {
    two.service.process.kill('SIGSTOP');
    try {
      await expect.poll(allGetIn, { timeout: leftOutWithinMs }).toBe(true);
    } finally {
      two.service.process.kill('SIGCONT');
    }
    await sharedOut();
  });

  test('one that ends says so through the gateway, and the next line is at the other', async () => {
    const devices = await crowd();
    two.service.process.kill('SIGTERM');
    await two.service.ended;
    const sentAway = devices.filter(({ heard }) => heard.some(({ type }) => type === 'draining'));
    expect(sentAway).toHaveLength(others.length / 2);
    const codes = await Promise.all(sentAway.map(({ closed }) => closed));
    expect(new Set(codes)).toEqual(new Set([closeCodes.restarting]));
    expect(verdictOf(await (await open()).judge(scan()))).toBe('admitted');
    two = await startRealtimeProcess(url, { port: two.port });
    await sharedOut();
  });

  test('scans over HTTP: through one that died, and refused in words when both are gone', async () => {
    const post = () => {
      const headers = {
        authorization: `Bearer ${device.token}`,
        'content-type': 'application/json',
      };
      return ask(front, scansPath, { method: 'POST', headers, body: JSON.stringify(scan()) });
    };
    one.service.process.kill('SIGKILL');
    await one.service.ended;
    const answers = [await post(), await post(), await post()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    two.service.process.kill('SIGKILL');
    await two.service.ended;
    const nobody = await post();
    expect(nobody).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  });
});

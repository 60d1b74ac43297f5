import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { AreaId, EventId } from '@catraca/domain';
import { testDatabase } from '@catraca/db/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { openLog } from '../log.ts';
import { natsServer, TestNats } from '../testing/nats-server.ts';
import { type Proxy, startProxy } from '../testing/tcp-proxy.ts';
import type { News } from './bus.ts';
import type { Carrier } from './carrier.ts';
import { NatsCarrier } from './nats-carrier.ts';
import { NewsBus } from './news-bus.ts';
import { PgCarrier } from './pg-carrier.ts';

const { db, url: databaseUrl } = await testDatabase();
const eventId = 7n as EventId;

/** What a kind of carrier needs, to be tried: a real server, and a way to break it. */
interface Kind {
  /** Of the server, which a proxy may stand in front of. */
  readonly url: string;
  open(url: string): Carrier;
  /** Every connection is broken, and can be opened again. */
  interrupt(): Promise<void>;
}

const kinds: Record<string, () => Promise<Kind>> = {
  'LISTEN and NOTIFY': () =>
    Promise.resolve({
      url: databaseUrl,
      open: (url) => {
        const nothing = () => {};
        const notices = { channel: 'notices', heard: nothing, listening: nothing, dead: nothing };
        return new PgCarrier(url, notices);
      },
      interrupt: async () => {
        await db.$client`
          select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'catraca-bus'`;
      },
    }),
  ...(natsServer && { NATS: natsKind }),
};

async function natsKind(): Promise<Kind> {
  const nats = await TestNats.start();
  return {
    url: nats.url,
    open: (url) => new NatsCarrier(url, 'catraca.test.live'),
    interrupt: async () => {
      await nats.kill();
      await nats.startAgain();
    },
  };
}

type Said = ['heard', bigint] | ['missed'] | ['joined'] | ['left'];

/** A process on the bus, and all it heard. */
class Node {
  readonly bus: NewsBus;
  readonly said: Said[] = [];

  constructor(carrier: Carrier) {
    this.bus = new NewsBus(carrier, openLog('silent'));
    this.bus.listen({
      heard: (_from, news) => this.said.push(['heard', xidOf(news)]),
      missed: () => this.said.push(['missed']),
      joined: () => this.said.push(['joined']),
      left: () => this.said.push(['left']),
    });
  }

  get xids(): bigint[] {
    return this.said.flatMap((one) => (one[0] === 'heard' ? [one[1]] : []));
  }

  count(kind: Said[0]): number {
    return this.said.filter(([said]) => said === kind).length;
  }

  publish(...xids: bigint[]): void {
    for (const xid of xids) this.bus.publish(newsOf(xid));
  }
}

function newsOf(xid: bigint): News {
  const people = [[1n as AreaId, 1, 0] as const];
  return { kind: 'scans', eventId, xid, at: 1_800_000_000_000, people, counts: [], feed: [] };
}

function xidOf(news: News): bigint {
  assert(news.kind === 'scans');
  return news.xid;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(5);
}

describe.each(Object.entries(kinds))('the bus over %s', async (_name, open) => {
  const kind = await open();
  const opened: Node[] = [];

  async function join(url = kind.url): Promise<Node> {
    const node = new Node(kind.open(url));
    opened.push(node);
    await node.bus.start();
    await until(() => node.bus.isCurrent);
    return node;
  }

  async function joinBehindProxy(): Promise<{ node: Node; proxy: Proxy }> {
    const proxy = await startProxy(kind.url);
    return { node: await join(proxy.url), proxy };
  }

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ bus }) => bus.close()));
  });

  test('brings all news to all, once and in order, and to the own process at once', async () => {
    const [one, other] = [await join(), await join()];
    const xids = Array.from({ length: 300 }, (_, i) => BigInt(i + 1));
    one.publish(...xids);
    expect(one.xids).toEqual(xids);
    await until(() => other.xids.length >= xids.length);
    other.publish(1_000n);
    await until(() => one.xids.includes(1_000n));
    expect(other.xids).toEqual([...xids, 1_000n]);
    expect(one.xids).toEqual([...xids, 1_000n]);
  });

  test('tells who comes and who goes', async () => {
    const one = await join();
    const other = await join();
    await until(() => one.count('joined') > 0);
    one.publish(1n);
    await until(() => other.xids.length === 1);
    expect(one.count('left')).toBe(0);
    await other.bus.close();
    await until(() => one.count('left') === 1);
  });

  test('tells all when news may be missing', async () => {
    const [one, other] = [await join(), await join()];
    one.publish(1n);
    await until(() => other.xids.length === 1);
    const [before, beforeOther] = [one.count('missed'), other.count('missed')];
    one.bus.doubt();
    expect(one.count('missed')).toBe(before + 1);
    one.publish(2n);
    await until(() => other.xids.length === 2);
    expect(other.count('missed')).toBe(beforeOther + 1);
    expect(other.said.at(-1)).toEqual(['heard', 2n]);
  });

  test('when its server restarts, all know that they missed something, and hear each other again', async () => {
    const [one, other] = [await join(), await join()];
    const before = [one.count('missed'), other.count('missed')];
    await kind.interrupt();
    await until(() => one.count('missed') > (before[0] ?? 0));
    await until(() => other.count('missed') > (before[1] ?? 0));
    // What is sent before the line is back is lost, which is what `missed` says: so until one arrives.
    for (let xid = 100n; !other.xids.some((heard) => heard >= 100n); xid++) {
      one.publish(xid);
      await pause(50);
    }
    other.publish(1n);
    await until(() => one.xids.includes(1n));
  });

  test('a line that goes dead without a word is noticed on both ends, and opened again', async () => {
    const one = await join();
    const { node: far, proxy } = await joinBehindProxy();
    await until(() => one.count('joined') > 0);
    proxy.cut();
    await until(() => !far.bus.isCurrent);
    await until(() => one.count('left') === 1);
    const missed = far.count('missed');
    one.publish(1n);
    await until(() => far.count('missed') > missed);
    expect(far.xids).toEqual([]);
    proxy.mend();
    await until(() => far.bus.isCurrent);
    one.publish(2n);
    await until(() => far.xids.includes(2n));
  });
});

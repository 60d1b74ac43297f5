/** Walls that watch the live feed: a process of its own, told what to do by `services/watchers.ts`. */
import {
  livePath,
  liveSubprotocol,
  type LiveServerMessage,
  type LiveTotals,
} from '@catraca/protocol';
import { openWebSocket, textFrame } from '../generator/web-socket.ts';
import { Histogram } from '../measure/histogram.ts';
import type { WatchersOrder, WatchersReport } from './orders.ts';

/** So many of them read every frame as a browser does; of the others' only the number is looked at. */
const attentive = 5;

const wish = textFrame(Buffer.from(JSON.stringify({ type: 'start' })));
const frameHead = /^{"type":"(snapshot|delta)"(?:,"epoch":"[^"]*")?,"seq":([0-9]+)/;

let [frames, bytes, snapshots, gaps, closed] = [0, 0, 0, 0, 0];
let age = new Histogram();
const shown: LiveTotals[] = [];

process.on('message', (order: WatchersOrder) => {
  obey(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

async function obey(order: WatchersOrder): Promise<void> {
  if (order.kind === 'connect') {
    for (let i = 0; i < order.watchers; i++) {
      await watch(order.ports[i % order.ports.length] ?? 0, order.ticket, i);
    }
    return report({ kind: 'connected' });
  }
  if (order.kind === 'report') {
    report({ kind: 'watched', frames, bytes, snapshots, gaps, closed, age: age.data, shown });
  }
  [frames, bytes, snapshots, gaps] = [0, 0, 0, 0];
  age = new Histogram();
}

async function watch(port: number, ticket: string, index: number): Promise<void> {
  let seq = Number.NaN;
  const address = { port, path: livePath, subprotocol: liveSubprotocol, token: ticket };
  const wall = await openWebSocket(address, {
    heard: (text) => {
      const [, type, number] = frameHead.exec(text) ?? [];
      frames += 1;
      bytes += text.length;
      if (type === 'snapshot') snapshots += 1;
      else if (Number(number) !== seq + 1) gaps += 1;
      seq = Number(number);
      if (index < attentive) read(text, index);
    },
    closed: () => (closed += 1),
  });
  wall.send(wish);
}

function read(text: string, index: number): void {
  const message = JSON.parse(text) as LiveServerMessage;
  age.record(Date.now() - Date.parse(message.at));
  if (message.totals) shown[index] = message.totals;
}

function report(what: WatchersReport): void {
  process.send?.(what);
}

/** Walls that watch the live feed: a process of its own, told what to do by `services/watchers.ts`. */
import type { LiveServerMessage, LiveTotals } from '@catraca/protocol';
import { Histogram } from '../measure/histogram.ts';
import type { WatchersOrder, WatchersReport } from './orders.ts';
import { Wall } from './wall.ts';

/** So many of them, from the first to the last, read every frame as a browser does; of the others' only the number is looked at. */
const attentiveCount = 10;

let [frames, bytes, snapshots, gaps, closed] = [0, 0, 0, 0, 0];
let [age, delivery] = [new Histogram(), new Histogram()];
const shown = new Map<number, LiveTotals>();
const walls: Wall[] = [];

process.on('message', (order: WatchersOrder) => {
  obey(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

async function obey(order: WatchersOrder): Promise<void> {
  switch (order.kind) {
    case 'connect':
      await connect(order);
      return report({ kind: 'connected' });
    case 'storm':
      return report({ kind: 'stormed', current: (await storm()).data });
    case 'report':
      report({
        ...{ kind: 'watched', frames, bytes, snapshots, gaps, closed },
        ...{ age: age.data, delivery: delivery.data, shown: [...shown.values()] },
      });
      break;
    case 'count':
  }
  [frames, bytes, snapshots, gaps] = [0, 0, 0, 0];
  [age, delivery] = [new Histogram(), new Histogram()];
}

/** Walls that connect at the same time. */
const connectAtOnce = 50;

/** Those that stall are spread among the others, and read their first frame. */
async function connect({
  ports,
  ticket,
  watchers,
  stalled,
}: Extract<WatchersOrder, { kind: 'connect' }>): Promise<void> {
  const everyAttentive = Math.max(1, Math.floor((watchers - stalled) / attentiveCount));
  const stalledBefore = (index: number) => Math.floor((index * stalled) / watchers);
  const opening: Promise<void>[] = [];
  for (let i = 0; i < watchers; i++) {
    const port = ports[i % ports.length] ?? 0;
    if (stalledBefore(i + 1) > stalledBefore(i)) opening.push(openStalled(port, ticket));
    else opening.push(openReading(port, ticket, walls.length % everyAttentive === 0));
    if (opening.length === connectAtOnce) await Promise.all(opening.splice(0));
  }
  await Promise.all(opening);
}

async function openStalled(port: number, ticket: string): Promise<void> {
  const wall = new Wall(port, ticket, { heard: () => {}, closed: () => {} });
  await wall.open();
  wall.stall();
}

function openReading(port: number, ticket: string, isAttentive: boolean): Promise<void> {
  const number = walls.length;
  const wall = new Wall(port, ticket, {
    heard: (text, isSnapshot, follows) => {
      frames += 1;
      bytes += text.length;
      if (isSnapshot) snapshots += 1;
      if (!follows) gaps += 1;
      if (isAttentive) read(text, number);
    },
    closed: () => (closed += 1),
  });
  walls.push(wall);
  return wall.open();
}

function read(text: string, number: number): void {
  const now = Date.now();
  const message = JSON.parse(text) as LiveServerMessage;
  age.record(now - Date.parse(message.at));
  if (message.type === 'delta') {
    for (const { at } of message.feed ?? []) delivery.record(now - Date.parse(at));
  }
  if (message.totals) shown.set(number, message.totals);
}

/** @returns how long each wall was without a picture that is current. */
async function storm(): Promise<Histogram> {
  const current = new Histogram();
  const cutAt = performance.now();
  for (const wall of walls) wall.cut();
  await Promise.all(
    walls.map(async (wall, index) => {
      await wall.open({ resume: index % 2 === 0 });
      current.record(performance.now() - cutAt);
    }),
  );
  return current;
}

function report(what: WatchersReport): void {
  process.send?.(what);
}

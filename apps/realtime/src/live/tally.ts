import type { Registry } from 'prom-client';
import { addCounter, addGauge } from '../metrics.ts';
import type { Rooms } from './rooms.ts';
import type { Watcher } from './watcher.ts';

/** Counts what goes out to walls. Plain numbers, because a counter with labels costs a tenth of what a delivery does. */
export class LiveTally {
  deltas = 0;
  snapshots = 0;
  bytes = 0;
  /** Walls that read too slowly, and got no more until they had read. */
  fellBehind = 0;
  /** Times that an event was counted from the database. */
  counts = 0;
}

/** Numbers about the live feed, for Prometheus. */
export function observeLive(
  registry: Registry,
  tally: LiveTally,
  watchers: ReadonlySet<Watcher>,
  rooms: Rooms,
): void {
  const total = (name: string, help: string, read: () => number) =>
    addCounter(registry, `catraca_live_${name}_total`, help, read);
  total('deltas', 'Deltas sent, one for each wall.', () => tally.deltas);
  total('snapshots', 'Snapshots sent, one for each wall.', () => tally.snapshots);
  total('bytes', 'Bytes of frames sent to walls.', () => tally.bytes);
  total('fell_behind', 'Times that a wall was too slow to follow.', () => tally.fellBehind);
  total('counts', 'Times that an event was counted from the database.', () => tally.counts);
  const level = (name: string, help: string, read: () => number) =>
    addGauge(registry, `catraca_live_${name}`, help, read);
  level('sockets', 'Walls connected.', () => watchers.size);
  level('rooms', 'Events that are kept up to date.', () => rooms.size);
  level('behind', 'Walls that have not read what they were sent.', () => {
    return [...watchers].filter(({ isBehind }) => isBehind).length;
  });
  level('waiting_bytes', 'Bytes that wait for walls to read them.', () => {
    return [...watchers].reduce((sum, { waitingBytes }) => sum + waitingBytes, 0);
  });
}

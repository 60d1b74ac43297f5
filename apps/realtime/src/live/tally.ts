import type { Registry } from 'prom-client';
import { addCounter, addGauge } from '../metrics.ts';
import type { NewsBus } from './news-bus.ts';
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

/** Numbers about the bus, for Prometheus. */
export function observeBus(registry: Registry, bus: NewsBus): void {
  const total = (name: string, help: string, read: () => number) =>
    addCounter(registry, `catraca_bus_${name}_total`, help, read);
  total('sent', 'Envelopes sent to the other processes.', () => bus.tally.sent);
  total('heard', 'Envelopes heard, its own included.', () => bus.tally.heard);
  total('missed', 'Times that something was missed, and counted anew.', () => bus.tally.missed);
  addGauge(registry, 'catraca_bus_current', 'Whether this process hears the others.', () =>
    Number(bus.isCurrent),
  );
}

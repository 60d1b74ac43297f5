import { getLocalSite, notifyChannel } from '@catraca/db';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Settings } from './env.ts';
import { Devices } from './gate/devices.ts';
import { Gate, type GateEvents } from './gate/gate.ts';
import { KeyRing } from './gate/key-ring.ts';
import { Lane } from './gate/lane.ts';
import { GateMetrics } from './gate/metrics.ts';
import type { GateSession } from './gate/session.ts';
import { Venues } from './gate/venues.ts';
import { Verifier } from './gate/verifier.ts';
import { DeviceAttendance } from './live/attendance.ts';
import { Board } from './live/board.ts';
import { newsOf } from './live/news-of.ts';
import { PgBus } from './live/pg-bus.ts';
import { Rooms } from './live/rooms.ts';
import { LiveTally, observeLive } from './live/tally.ts';
import type { Watcher } from './live/watcher.ts';
import { describeError, type Log } from './log.ts';
import { addGauge } from './metrics.ts';
import { type NoticeListener, readNotice } from './notices.ts';
import { Pool } from './pool.ts';

/** Batches in flight: while one commits, the next is decided. More only race with each other. */
const lanesCount = 2;

/** Everything of a realtime process but its port. */
export interface Parts {
  readonly log: Log;
  readonly pool: Pool;
  readonly bus: PgBus;
  readonly registry: Registry;
  readonly venues: Venues;
  readonly devices: Devices;
  readonly gate: Gate;
  readonly attendance: DeviceAttendance;
  readonly rooms: Rooms;
  readonly tally: LiveTally;
  readonly sessions: Set<GateSession>;
  readonly watchers: Set<Watcher>;
}

/** Wires the parts together and begins to listen to the other processes. @throws when the database is not there. */
export async function assemble({ databaseUrl }: Settings, log: Log): Promise<Parts> {
  const pool = new Pool(databaseUrl);
  const { number: site } = await getLocalSite(pool.db);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const keys = new KeyRing(pool, log);
  const venues = new Venues(pool, log);
  const bus = new PgBus(databaseUrl, log, {
    channel: notifyChannel,
    heard: (payload) => readNotice(payload, notices),
    listening: () => {
      // Anything may have changed while nobody listened.
      venues.reloadAll();
      devices.reload();
      keys.reload();
    },
    dead: () => pool.reopen(),
  });
  const devices = new Devices(pool, log, () => bus.isCurrent);
  const attendance = new DeviceAttendance(pool, bus, log);
  const tally = new LiveTally();
  const rooms = new Rooms({ pool, log, tally, board: new Board() }, () => attendance.tellAll());
  const notices = noticeListener(keys, venues, devices, rooms);
  bus.listen(rooms);

  const lanes = Array.from({ length: lanesCount }, () => new Lane(databaseUrl, site));
  const events = gateEvents(venues, bus, attendance, log);
  const gate = new Gate(lanes, new Verifier(keys), new GateMetrics(registry), events);
  const sessions = new Set<GateSession>();
  const watchers = new Set<Watcher>();
  venues.onChange((venue) => {
    for (const session of sessions) {
      if (session.eventId === venue.eventId) session.venueChanged(venue);
    }
  });
  addGauge(registry, 'catraca_gate_sockets', 'Devices connected.', () => sessions.size);
  observeLive(registry, tally, watchers, rooms);
  await bus.start();
  return {
    ...{ log, pool, bus, registry, venues, devices, gate, attendance, rooms, tally },
    ...{ sessions, watchers },
  };
}

function noticeListener(
  keys: KeyRing,
  venues: Venues,
  devices: Devices,
  rooms: Rooms,
): NoticeListener {
  return {
    keys: () => keys.reload(),
    config: (eventId) => {
      venues.reload(eventId);
      rooms.changed(eventId);
    },
    device: (deviceId) => {
      devices.reload([deviceId]);
      // Which event it is of is not said, and a process has few rooms.
      rooms.missed();
    },
  };
}

function gateEvents(
  venues: Venues,
  bus: PgBus,
  attendance: DeviceAttendance,
  log: Log,
): GateEvents {
  return {
    judged: (judged) => {
      attendance.judged(judged);
      for (const news of newsOf(judged, venues)) bus.publish(news);
    },
    failed: (error, size) => {
      log.warn({ scans: size, error: describeError(error) }, 'batch failed');
      bus.doubt();
    },
  };
}

import { getLocalSite, keepPersonalKeys, type KeptKeys, notifyChannel } from '@catraca/db';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Bundles } from './bundle/bundles.ts';
import type { Settings } from './env.ts';
import { DeviceRates } from './gate/device-rates.ts';
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
import type { Bus, BusListener } from './live/bus.ts';
import { newsOf } from './live/news-of.ts';
import { NatsCarrier } from './live/nats-carrier.ts';
import { NewsBus } from './live/news-bus.ts';
import { PgCarrier } from './live/pg-carrier.ts';
import { Rooms } from './live/rooms.ts';
import { WallMembers } from './live/wall-members.ts';
import { LiveTally, observeBus, observeLive } from './live/tally.ts';
import type { Watcher } from './live/watcher.ts';
import { describeError, type Log } from './log.ts';
import { addGauge } from './metrics.ts';
import { type NoticeListener, readNotice } from './notices.ts';
import { Pool } from './pool.ts';

/** Batches in flight: while one commits, one is read and one decided. More only wait for the same cores. */
const lanesCount = 3;

/** Past this (ms) who asks for the metrics waits no longer for the pool. */
const poolAnswersWithinMs = 500;

/** Everything of a realtime process but its port. */
export interface Parts {
  readonly log: Log;
  readonly pool: Pool;
  /** Brings the notices of the database. */
  readonly line: NewsBus;
  /** Brings the news of the other processes: the same line, unless NATS does. */
  readonly bus: NewsBus;
  readonly registry: Registry;
  readonly personalKeys: KeptKeys;
  readonly venues: Venues;
  readonly bundles: Bundles;
  readonly devices: Devices;
  readonly gate: Gate;
  readonly attendance: DeviceAttendance;
  readonly rooms: Rooms;
  readonly tally: LiveTally;
  readonly sessions: Set<GateSession>;
  readonly watchers: Set<Watcher>;
  /** Whose they are. */
  readonly members: WallMembers;
}

/** Wires the parts together and begins to listen to the other processes. @throws when the database is not there. */
export async function assemble(settings: Settings, log: Log): Promise<Parts> {
  const { databaseUrl, deviceRate, masterKey } = settings;
  const pool = new Pool(databaseUrl);
  const personalKeys = await keepPersonalKeys(() => pool.db, masterKey);
  const { number: site } = await getLocalSite(pool.db);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const keys = new KeyRing(pool, log);
  const venues = new Venues(pool, log);
  const bundles = new Bundles(pool, keys);
  const notifications = new PgCarrier(databaseUrl, {
    channel: notifyChannel,
    heard: (payload) => readNotice(payload, notices),
    listening: () => {
      // Anything may have changed while nobody listened.
      venues.reloadAll();
      devices.reload();
      keys.reload();
      members.dismissAll(Date.now());
    },
    dead: () => pool.reopen(),
  });
  const line = new NewsBus(notifications, log);
  const members = new WallMembers();
  const bus = openBus(settings, site, line, log);
  const devices = new Devices(pool, log, () => line.isCurrent);
  const attendance = new DeviceAttendance(pool, bus, log);
  const tally = new LiveTally();
  const rooms = new Rooms({ pool, log, tally, board: new Board() }, () => attendance.tellAll());
  const notices = noticeListener(keys, venues, devices, rooms, members);
  bus.listen(rooms);
  // A notice that was missed may have been of a room.
  if (bus !== line) line.listen(missedOnly(() => rooms.missed()));

  const lanes = Array.from({ length: lanesCount }, () => new Lane(databaseUrl, site));
  const events = gateEvents(venues, bus, attendance, log);
  const gate = new Gate({
    ...{ lanes, events, metrics: new GateMetrics(registry) },
    ...{ verifier: new Verifier(keys), rates: new DeviceRates(deviceRate) },
  });
  const sessions = new Set<GateSession>();
  const watchers = new Set<Watcher>();
  venues.onChange((venue) => {
    for (const session of sessions) {
      if (session.eventId === venue.eventId) session.venueChanged(venue);
    }
  });
  addGauge(registry, 'catraca_gate_sockets', 'Devices connected.', () => sessions.size);
  observePool(registry, pool);
  observeLive(registry, tally, watchers, rooms);
  observeBus(registry, bus);
  await line.start();
  if (bus !== line) await bus.start();
  return {
    ...{ log, pool, line, bus, registry, venues, bundles, devices, gate, attendance, rooms, tally },
    ...{ sessions, watchers, members, personalKeys },
  };
}

/**
 * Notices commit with their change, so PostgreSQL brings them whatever brings the news; and its line beats, so that it is known
 * when it is dead.
 */
function openBus({ natsUrl }: Settings, site: number, line: NewsBus, log: Log): NewsBus {
  if (natsUrl === undefined) return line;
  return new NewsBus(new NatsCarrier(natsUrl, `catraca.site.${site}.live`), log);
}

function missedOnly(missed: () => void): BusListener {
  return { heard: () => {}, missed, joined: () => {}, left: () => {} };
}

/** What waits for a free connection waits here too. */
function observePool(registry: Registry, pool: Pool): void {
  const help = 'How long the pool takes for the simplest question; +Inf when it does not answer.';
  addGauge(registry, 'catraca_pool_answer_seconds', help, async () => {
    const ms = await pool.answerMs(poolAnswersWithinMs);
    return ms === undefined ? Infinity : ms / 1000;
  });
}

function noticeListener(
  keys: KeyRing,
  venues: Venues,
  devices: Devices,
  rooms: Rooms,
  members: WallMembers,
): NoticeListener {
  return {
    member: (memberId) => members.dismiss(memberId, Date.now()),
    keys: () => keys.reload(),
    config: (eventId) => {
      venues.reload(eventId);
      rooms.changed(eventId);
    },
    conflicts: (eventId) => rooms.changed(eventId),
    device: (deviceId) => {
      devices.reload([deviceId]);
      // Which event it is of is not said, and a process has few rooms.
      rooms.missed();
    },
    scans: (eventId) => {
      rooms.changed(eventId);
      // It may be the last thing this site waited for before it judges.
      if (venues.find(eventId)?.judging.here === false) venues.reload(eventId);
    },
  };
}

function gateEvents(venues: Venues, bus: Bus, attendance: DeviceAttendance, log: Log): GateEvents {
  return {
    judged: (judged) => {
      attendance.judged(judged);
      for (const news of newsOf(judged, venues)) bus.publish(news);
    },
    failed: (error, size) => {
      log.warn({ scans: size, error: describeError(error) }, 'batch failed');
      bus.doubt();
    },
    unopened: (error) => log.error({ error: describeError(error) }, 'a name was not opened'),
  };
}

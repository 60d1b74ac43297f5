import { setTimeout as pause } from 'node:timers/promises';
import { closeCodes } from '@catraca/protocol';
import { assemble, type Parts } from './assemble.ts';
import type { Settings } from './env.ts';
import type { Log } from './log.ts';
import { serveGateSocket } from './transport/gate-socket.ts';
import { serveLiveSocket } from './transport/live-socket.ts';
import { serveBundle } from './transport/bundle-route.ts';
import { type Readiness, serveOperations } from './transport/operations-routes.ts';
import { serveScans } from './transport/scans-route.ts';
import { openServer, type Server } from './transport/server.ts';

/*
 * Who stops a service kills it after 1.7 s (scripts/lib/service.ts), so these make up less.
 * What is not answered in `drainMaxMs` is sent again elsewhere; then the last words and bytes have `partingMs` to leave.
 */
const drainMaxMs = 1_000;
const partingMs = 300;

/** A database that does not answer in this time (ms) is not ready. */
const readyWithinMs = 1_000;

export interface Realtime {
  readonly port: number;
  /** Answers what was taken, sends everyone elsewhere, and closes everything. */
  stop(): Promise<void>;
}

/** Starts the gate and the live feed. @throws when the database is not there, or the port is taken. */
export async function startRealtime(settings: Settings, log: Log): Promise<Realtime> {
  const parts = await assemble(settings, log);
  const { webOrigin, secret } = settings;
  let accepting = true;
  const server = await openServer(settings.host, settings.port, (app) => {
    serveGateSocket(app, { ...parts, webOrigin });
    serveLiveSocket(app, { ...parts, secret, webOrigin });
    serveScans(app, parts);
    serveBundle(app, parts);
    serveOperations(app, { ...parts, readiness: () => readinessOf(parts, accepting) });
  });
  log.info({ port: server.port }, 'listening');
  return {
    port: server.port,
    stop: () => {
      accepting = false;
      return stop(parts, server);
    },
  };
}

async function readinessOf({ pool, line }: Parts, accepting: boolean): Promise<Readiness> {
  const database = (await pool.answerMs(readyWithinMs)) !== undefined;
  return { accepting, database, line: line.isCurrent };
}

/** Every verdict that was reached leaves before its socket is closed, and the other processes hear of every commit. */
async function stop(parts: Parts, server: Server): Promise<void> {
  const {
    log,
    pool,
    personalKeys,
    line,
    bus,
    gate,
    devices,
    attendance,
    rooms,
    sessions,
    watchers,
  } = parts;
  server.stopListening();
  for (const session of sessions) session.sayDraining();
  await within(drainMaxMs, gate.drain());
  rooms.close();
  for (const session of sessions) session.end(closeCodes.restarting);
  for (const watcher of watchers) watcher.end(closeCodes.restarting);
  await within(
    partingMs,
    Promise.all([attendance.close(), bus.close(), line.close(), closed(sessions, watchers)]),
  );
  server.close();
  personalKeys.stop();
  devices.close();
  await Promise.all([gate.close(), pool.close()]);
  log.info('stopped');
}

/** Resolves when the last socket has gone. */
async function closed(...sockets: ReadonlySet<unknown>[]): Promise<void> {
  while (sockets.some(({ size }) => size > 0)) await pause(10, undefined, { ref: false });
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, pause(ms, undefined, { ref: false })]);
}

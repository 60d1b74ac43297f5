import { type DeviceRow, findDeviceByToken } from '@catraca/db';
import { listDevices } from '@catraca/db/gate';
import type { CheckpointId, DeviceFacts, DeviceId, EventId } from '@catraca/domain';
import { createHash } from 'node:crypto';
import { describeError, type Log } from '../log.ts';
import type { Pool } from '../pool.ts';

/** An enrolled device, as it was when it was last read. */
export interface Device extends DeviceFacts {
  readonly id: DeviceId;
  readonly name: string;
  /** Ms since 1970. */
  readonly expiresAt: number;
}

/** `unauthorized`: no such token, or it is over. `revoked`: it was taken back. */
export type DeviceProblem = 'unauthorized' | 'revoked';

export type Authenticated =
  | { readonly ok: true; readonly device: Device }
  | { readonly ok: false; readonly problem: DeviceProblem };

/** An open socket of a device. */
export interface DeviceSession {
  /** Its name, its checkpoints or its event's plan are others now. */
  changed(device: Device): void;
  /** It may not scan any more. */
  shutOut(problem: DeviceProblem): void;
}

interface Known {
  readonly device: Device;
  readonly tokenKey: string;
  readonly sessions: Set<DeviceSession>;
  /** When it was last authenticated, by `performance.now()`. */
  readonly since: number;
}

/** Pause (ms) before devices that could not be read are asked for again. */
const retryMs = 1_000;

/** How often (ms) expired devices are shut out. */
const sweepMs = 500;

/** Readers that speak HTTP are kept without a socket: a venue has hundreds. Over this many, those that are silent are forgotten. */
const knownMax = 10_000;
const silentMs = 60_000;

/**
 * Who may scan. What is read is kept while this process hears of changes (`isCurrent`); while it hears nothing,
 * every token is looked up again. Tokens are kept as their SHA-256.
 */
export class Devices {
  readonly #pool: Pool;
  readonly #log: Log;
  readonly #isCurrent: () => boolean;
  readonly #known = new Map<DeviceId, Known>();
  readonly #byToken = new Map<string, DeviceId>();
  readonly #sweep: NodeJS.Timeout;
  /** Counts what was heard of devices. */
  #heard = 0;

  constructor(pool: Pool, log: Log, isCurrent: () => boolean) {
    this.#pool = pool;
    this.#log = log;
    this.#isCurrent = isCurrent;
    this.#sweep = setInterval(() => this.#shutOutExpired(), sweepMs);
  }

  close(): void {
    clearInterval(this.#sweep);
  }

  /** @throws what the database throws: whether the device may scan is not known then. */
  async authenticate(token: string): Promise<Authenticated> {
    const tokenKey = createHash('sha256').update(token).digest('base64');
    const kept = this.#isCurrent() ? this.#find(tokenKey) : undefined;
    if (kept !== undefined && kept.device.expiresAt > Date.now()) {
      return { ok: true, device: kept.device };
    }
    const heardBefore = this.#heard;
    const found = await findDeviceByToken(this.#pool.db, token, new Date());
    if (!found.ok) {
      return { ok: false, problem: found.code === 'device_revoked' ? 'revoked' : 'unauthorized' };
    }
    const device = deviceOf(found.device);
    this.#keep(device, tokenKey);
    // What was heard while it was read may have been about this one, and was not meant for it yet.
    if (this.#heard !== heardBefore) this.reload([device.id]);
    return { ok: true, device };
  }

  /**
   * From now on the session hears of changes of its device. @returns how to end that, or undefined when the device was shut out
   * since it was authenticated.
   */
  attach({ id }: Device, session: DeviceSession): (() => void) | undefined {
    if (!this.#known.has(id)) return undefined;
    this.#known.get(id)?.sessions.add(session);
    return () => this.#known.get(id)?.sessions.delete(session);
  }

  /** Reads one device again, or all that are kept: something about them may have changed. */
  reload(ids: readonly DeviceId[] = [...this.#known.keys()]): void {
    this.#heard += 1;
    const kept = ids.filter((id) => this.#known.has(id));
    if (kept.length === 0) return;
    listDevices(this.#pool.db, kept)
      .then((rows) => this.#refresh(kept, rows))
      .catch((error: unknown) => {
        this.#log.warn({ error: describeError(error) }, 'devices not read');
        setTimeout(() => this.reload(kept), retryMs).unref();
      });
  }

  #refresh(ids: readonly DeviceId[], rows: readonly DeviceRow[]): void {
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    for (const id of ids) {
      const row = rowOf.get(id);
      const known = this.#known.get(id);
      if (known === undefined) continue;
      if (row?.state === 'active') this.#change(known, deviceOf(row));
      else this.#shutOut(known, row === undefined ? 'unauthorized' : 'revoked');
    }
  }

  #change(known: Known, device: Device): void {
    this.#known.set(device.id, { ...known, device });
    for (const session of known.sessions) session.changed(device);
  }

  #shutOutExpired(): void {
    const now = Date.now();
    for (const known of this.#known.values()) {
      if (known.device.expiresAt <= now) this.#shutOut(known, 'unauthorized');
    }
  }

  #shutOut(known: Known, problem: DeviceProblem): void {
    this.#forget(known);
    for (const session of known.sessions) session.shutOut(problem);
  }

  #find(tokenKey: string): Known | undefined {
    const id = this.#byToken.get(tokenKey);
    return id === undefined ? undefined : this.#known.get(id);
  }

  #keep(device: Device, tokenKey: string): void {
    const sessions = this.#known.get(device.id)?.sessions ?? new Set();
    this.#known.set(device.id, { device, tokenKey, sessions, since: performance.now() });
    this.#byToken.set(tokenKey, device.id);
    if (this.#known.size > knownMax) this.#forgetSilent();
  }

  #forgetSilent(): void {
    const before = performance.now() - silentMs;
    for (const known of this.#known.values()) {
      if (known.sessions.size === 0 && known.since < before) this.#forget(known);
    }
  }

  #forget({ device, tokenKey }: Known): void {
    this.#known.delete(device.id);
    this.#byToken.delete(tokenKey);
  }
}

function deviceOf(row: DeviceRow): Device {
  return {
    id: row.id as DeviceId,
    eventId: row.eventId as EventId,
    name: row.name,
    checkpointIds: row.checkpointIds && new Set(row.checkpointIds as CheckpointId[]),
    expiresAt: row.expiresAt.getTime(),
  };
}

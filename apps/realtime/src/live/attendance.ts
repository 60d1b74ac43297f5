import { markDevicesSeen } from '@catraca/db';
import type { Judged } from '@catraca/db/gate';
import type { CheckpointId, DeviceId, EventId } from '@catraca/domain';
import { describeError, type Log } from '../log.ts';
import type { Device } from '../gate/devices.ts';
import type { Attendance } from '../gate/session.ts';
import type { Bus, Presence } from './bus.ts';
import type { Pool } from '../pool.ts';

/** Changes are told to the walls this often (ms). */
const tellMs = 200;

/** How often (ms) the walls and the database are told when each device was seen last. */
const seenMs = 10_000;

/** A reader that speaks HTTP has no socket: it counts as there for so long (ms) after it was heard. */
const lingerMs = 30_000;

interface Attendant {
  readonly id: DeviceId;
  readonly eventId: EventId;
  sockets: number;
  /** Until when (ms since 1970) it counts as there without a socket. */
  lingersUntil: number;
  checkpointId: CheckpointId | null;
  seenAt: number;
  /** What was told last; null for nothing yet. */
  told: Presence | null;
}

/** The devices that this process sees, told to all processes and, once in a while, to the database. */
export class DeviceAttendance implements Attendance {
  readonly #pool: Pool;
  readonly #log: Log;
  readonly #bus: Bus;
  readonly #attendants = new Map<DeviceId, Attendant>();
  readonly #telling: NodeJS.Timeout;
  readonly #marking: NodeJS.Timeout;
  #markedAt = 0;

  constructor(pool: Pool, bus: Bus, log: Log) {
    this.#pool = pool;
    this.#log = log;
    this.#bus = bus;
    this.#telling = setInterval(() => this.#tell(), tellMs);
    this.#marking = setInterval(() => void this.#mark(), seenMs);
  }

  arrived(device: Device): void {
    this.#attend(device).sockets += 1;
  }

  left(device: Device): void {
    this.#attend(device).sockets -= 1;
  }

  seen(device: Device): void {
    this.#attend(device).seenAt = Date.now();
  }

  /** Heard over HTTP. */
  visited(device: Device): void {
    this.seen(device);
    this.#attend(device).lingersUntil = Date.now() + lingerMs;
  }

  /** Notes where devices scan. */
  judged({ written }: Judged): void {
    for (const { scans } of written) {
      for (const { deviceId, checkpointId } of scans) {
        const attendant = this.#attendants.get(deviceId);
        if (attendant) attendant.checkpointId = checkpointId;
      }
    }
  }

  /** Somebody knows nothing yet: with the next news all devices are told again. */
  tellAll(): void {
    for (const attendant of this.#attendants.values()) attendant.told = null;
  }

  /** Everyone is away now, as far as this process sees. */
  async close(): Promise<void> {
    clearInterval(this.#telling);
    clearInterval(this.#marking);
    await this.#mark();
  }

  #attend({ id, eventId }: Device): Attendant {
    const known = this.#attendants.get(id);
    if (known) return known;
    const attendant: Attendant = {
      ...{ id, eventId, sockets: 0, lingersUntil: 0 },
      ...{ checkpointId: null, seenAt: Date.now(), told: null },
    };
    this.#attendants.set(id, attendant);
    return attendant;
  }

  #tell(): void {
    const now = Date.now();
    const changed = [...this.#attendants.values()].filter((attendant) => {
      const presence = presenceOf(attendant, now);
      if (!isNews(presence, attendant.told)) return false;
      attendant.told = presence;
      if (!presence.online) this.#attendants.delete(attendant.id);
      return true;
    });
    for (const [eventId, ofEvent] of Map.groupBy(changed, (attendant) => attendant.eventId)) {
      const devices = ofEvent.flatMap(({ told }) => told ?? []);
      this.#bus.publish({ kind: 'devices', eventId, devices });
    }
  }

  async #mark(): Promise<void> {
    const since = this.#markedAt;
    this.#markedAt = Date.now();
    const seen = [...this.#attendants.values()].filter(({ seenAt }) => seenAt >= since);
    try {
      await markDevicesSeen(
        this.#pool.db,
        seen.map(({ id }) => id),
        new Date(),
      );
    } catch (error) {
      this.#log.warn({ error: describeError(error) }, 'devices not marked as seen');
    }
  }
}

function presenceOf(attendant: Attendant, now: number): Presence {
  const { id, sockets, lingersUntil, checkpointId, seenAt } = attendant;
  return { deviceId: id, online: sockets > 0 || now < lingersUntil, checkpointId, seenAt };
}

function isNews(presence: Presence, told: Presence | null): boolean {
  return (
    told === null ||
    presence.online !== told.online ||
    presence.checkpointId !== told.checkpointId ||
    presence.seenAt - told.seenAt >= seenMs
  );
}

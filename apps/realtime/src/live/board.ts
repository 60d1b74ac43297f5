import type { DeviceId } from '@catraca/domain';
import type { Presence } from './bus.ts';

/** Which devices are there, by what all processes say of them. */
export class Board {
  /** Of each device what each process said last. */
  readonly #said = new Map<DeviceId, Map<string, Presence>>();

  hear(from: string, devices: readonly Presence[]): void {
    for (const presence of devices) {
      const said = this.#said.get(presence.deviceId) ?? new Map<string, Presence>();
      said.set(from, presence);
      this.#said.set(presence.deviceId, said);
    }
  }

  /** A process has ended: what it saw is offline, unless another sees it. */
  forget(from: string): void {
    for (const said of this.#said.values()) {
      const presence = said.get(from);
      if (presence) said.set(from, { ...presence, online: false });
    }
  }

  /** Undefined when nobody has said a word of it. */
  find(deviceId: DeviceId): Presence | undefined {
    const said = this.#said.get(deviceId);
    if (said === undefined) return undefined;
    const newestFirst = [...said.values()].sort((a, b) => b.seenAt - a.seenAt);
    const [newest] = newestFirst;
    return (
      newest && {
        ...newest,
        online: newestFirst.some(({ online }) => online),
        checkpointId: newestFirst.find((one) => one.checkpointId)?.checkpointId ?? null,
      }
    );
  }
}

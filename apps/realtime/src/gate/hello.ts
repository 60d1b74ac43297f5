import type { Venue } from '@catraca/db/gate';
import type { AreaId } from '@catraca/domain';
import { type HelloMessage, PROTOCOL_VERSION } from '@catraca/protocol';
import type { Device } from './devices.ts';

/** Who the device is, and the open checkpoints at which it may scan. */
export function helloOf(device: Device, venue: Venue): HelloMessage {
  const areaRef = (id: AreaId) => ({ id: String(id), name: venue.areaNames.get(id) ?? '' });
  return {
    type: 'hello',
    protocol: PROTOCOL_VERSION,
    serverTime: new Date().toISOString(),
    device: { id: String(device.id), name: device.name },
    event: { id: String(venue.eventId), name: venue.name, timeZone: venue.timeZone },
    checkpoints: venue.checkpoints
      .filter(({ id, open }) => open && (device.checkpointIds?.has(id) ?? true))
      .map(({ id, name, fromArea, toArea, directions }) => ({
        id: String(id),
        name,
        fromArea: areaRef(fromArea),
        toArea: areaRef(toArea),
        directions,
      })),
  };
}

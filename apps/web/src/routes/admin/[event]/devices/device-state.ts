import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import type { StateName } from '../../state-names.ts';

export type Device = RouterOutputs['device']['list']['devices'][number];

/** Realtime notes every ten seconds which devices it sees: what it has not seen in a minute is not there. */
const connectedWithinMs = 60_000;

/** `connected` and `away` can scan; the others cannot any more. */
export type DeviceState = 'connected' | 'away' | 'expired' | 'revoked';

export function deviceState(device: Device, now: Date): DeviceState {
  if (device.state === 'revoked') return 'revoked';
  if (device.expiresAt <= now) return 'expired';
  const seen = device.lastSeenAt?.getTime() ?? -Infinity;
  return now.getTime() - seen <= connectedWithinMs ? 'connected' : 'away';
}

const names: Record<DeviceState, [() => string, StateName['tone']]> = {
  connected: [m.admin_device_connected, 'good'],
  away: [m.admin_device_away, 'quiet'],
  expired: [m.admin_device_expired, 'notice'],
  revoked: [m.admin_device_revoked, 'danger'],
};

export function deviceStateName(state: DeviceState): StateName {
  const [name, tone] = names[state];
  return { name: name(), tone };
}

import { expect, test } from 'vitest';
import { deviceState, type Device } from './device-state.ts';

const now = new Date('2027-05-14T12:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const device: Device = {
  id: '1',
  name: 'Gate phone',
  kind: 'scanner',
  state: 'active',
  checkpointIds: null,
  memberName: null,
  lastSeenAt: before(30),
  expiresAt: new Date('2027-06-01T00:00:00Z'),
  createdAt: before(3600),
  revokedAt: null,
};

test.each<[string, Partial<Device>]>([
  ['connected', {}],
  ['away', { lastSeenAt: before(61) }],
  ['away', { lastSeenAt: null }],
  ['expired', { expiresAt: before(1) }],
  ['revoked', { state: 'revoked', expiresAt: before(1) }],
])('a device is %s with %j', (state, change) => {
  expect(deviceState({ ...device, ...change }, now)).toBe(state);
});

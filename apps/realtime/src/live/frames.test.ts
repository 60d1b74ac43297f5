import { expect, test } from 'vitest';
import { changeOf, type Picture } from './frames.ts';

const scan = (scanId: string) => ({
  ...{ scanId, at: '2027-05-01T12:00:00.000Z', checkpointId: '1', deviceId: '2' },
  ...{ verdict: 'admitted' as const, typeName: null },
});
const before: Picture = {
  at: '2027-05-01T12:00:00.000Z',
  areas: [
    { id: '1', occupancy: 5 },
    { id: '2', occupancy: 7 },
  ],
  checkpoints: [{ id: '3', admittedPerMinute: 1, exitedPerMinute: 0, refusedPerMinute: 0 }],
  devices: [],
  totals: { admitted: 12, exited: 0, refused: 0 },
  conflicts: { unseen: 0, lastAt: null },
  feed: [scan('a')],
};

test('nothing changed: nothing to tell', () => {
  expect(changeOf(before, structuredClone(before))).toEqual({});
});

test('what changed is told whole, and only that', () => {
  const after = {
    ...before,
    areas: [
      { id: '1', occupancy: 6 },
      { id: '2', occupancy: 7 },
    ],
    totals: { admitted: 13, exited: 0, refused: 0 },
    feed: [scan('b'), scan('a')],
  };
  expect(changeOf(before, after)).toEqual({
    areas: [{ id: '1', occupancy: 6 }],
    totals: { admitted: 13, exited: 0, refused: 0 },
    feed: [scan('b')],
  });
});

test('what has gone cannot be told by a change', () => {
  expect(changeOf(before, { ...before, areas: before.areas.slice(1) })).toBeUndefined();
});

test('a device that is there is told once, and when it was last there once it is not', () => {
  const device = {
    ...{ id: '4', name: 'Handheld 7', checkpointId: '3' },
    ...{ online: true, lastSeenAt: '2027-05-01T12:00:00.000Z' },
  };
  const later = { ...device, lastSeenAt: '2027-05-01T12:00:10.000Z' };
  const away = { ...later, online: false };
  const shown = { ...before, devices: [device] };
  expect(changeOf(shown, { ...shown, devices: [later] })).toEqual({});
  expect(changeOf(shown, { ...shown, devices: [away] })).toEqual({ devices: [away] });
});

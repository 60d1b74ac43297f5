import type { CheckpointId, DeviceId } from '@catraca/domain';
import { expect, test } from 'vitest';
import { Board } from './board.ts';

const deviceId = 1n as DeviceId;
const [north, south] = [2n as CheckpointId, 3n as CheckpointId];

test('a device is online where any process sees it, at the place of the newest word', () => {
  const board = new Board();
  board.hear('a', [{ deviceId, online: true, checkpointId: north, seenAt: 10 }]);
  board.hear('b', [{ deviceId, online: true, checkpointId: south, seenAt: 20 }]);
  board.hear('b', [{ deviceId, online: false, checkpointId: null, seenAt: 30 }]);
  expect(board.find(deviceId)).toMatchObject({ online: true, checkpointId: north, seenAt: 30 });
});

test('what only a dead process saw is offline', () => {
  const board = new Board();
  board.hear('a', [{ deviceId, online: true, checkpointId: north, seenAt: 10 }]);
  board.forget('a');
  expect(board.find(deviceId)).toMatchObject({ online: false, checkpointId: north, seenAt: 10 });
});

test('nobody said a word', () => {
  expect(new Board().find(deviceId)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { FrameLog } from './frame-log.ts';
import type { Picture } from './frames.ts';

const at = '2027-05-01T12:00:00.000Z';
const nothing = { admitted: 0, exited: 0, refused: 0 };
const picture: Picture = {
  ...{ at, areas: [], checkpoints: [], devices: [], totals: nothing, feed: [] },
  conflicts: { unseen: 0, lastAt: null },
};

function cursorOf(frame: Buffer): { epoch: string; seq: number } {
  return JSON.parse(frame.toString()) as { epoch: string; seq: number };
}

test('a snapshot is written once for all walls, until something changes', () => {
  const log = new FrameLog();
  const first = log.snapshot(picture);
  expect(log.snapshot(picture)).toBe(first);
  log.delta(at, {});
  expect(log.snapshot(picture)).not.toBe(first);
});

test('P-11: a wall gets the deltas after its cursor, as long as they are there', () => {
  const log = new FrameLog();
  const { epoch } = cursorOf(log.snapshot(picture));
  const deltas = Array.from({ length: 1_000 }, () => log.delta(at, {}));
  expect(deltas.map((delta) => cursorOf(delta).seq)).toEqual(deltas.map((_, i) => i + 1));
  expect(log.since({ epoch, seq: 1_000 })).toEqual([]);
  expect(log.since({ epoch, seq: 990 })).toEqual(deltas.slice(990));
  expect(log.since({ epoch, seq: 0 })).toBeUndefined();
  expect(log.since({ epoch, seq: 1_001 })).toBeUndefined();
  expect(log.since({ epoch: 'another', seq: 999 })).toBeUndefined();
  log.startOver();
  expect(log.since({ epoch, seq: 999 })).toBeUndefined();
});

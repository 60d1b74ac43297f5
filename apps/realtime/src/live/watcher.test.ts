import { closeCodes } from '@catraca/protocol';
import { expect, test } from 'vitest';
import { LiveTally } from './tally.ts';
import { type WallPeer, Watcher } from './watcher.ts';

/** A wall that reads when it is told to. */
class SlowPeer implements WallPeer {
  frames: Uint8Array[] = [];
  unread = 0;
  closedWith: number | undefined;

  send(frame: Uint8Array): void {
    this.frames.push(frame);
    this.unread += frame.length;
  }

  buffered(): number {
    return this.unread;
  }

  close(code: number): void {
    this.closedWith = code;
  }
}

const frame = Buffer.alloc(10_000, 'x');

test('a wall that does not read gets no more deltas, a fresh snapshot once it has read, and then deltas again', () => {
  const peer = new SlowPeer();
  const watcher = new Watcher(peer, new LiveTally());
  for (let i = 0; i < 1_000; i++) watcher.sendDelta(frame);
  expect(peer.unread).toBeLessThan(200_000);
  expect(watcher.wantsSnapshot(performance.now())).toBe(false);

  peer.unread = 0;
  peer.frames = [];
  watcher.sendDelta(Buffer.from('too early'));
  expect(watcher.wantsSnapshot(performance.now())).toBe(true);
  watcher.sendSnapshot(Buffer.from('snapshot'));
  watcher.sendDelta(Buffer.from('delta'));
  expect(peer.frames.map(String)).toEqual(['snapshot', 'delta']);
  expect(peer.closedWith).toBeUndefined();
});

test('a wall that never reads is closed', () => {
  const peer = new SlowPeer();
  const watcher = new Watcher(peer, new LiveTally());
  for (let i = 0; i < 100; i++) watcher.sendDelta(frame);
  expect(watcher.wantsSnapshot(performance.now() + 60_000)).toBe(false);
  expect(peer.closedWith).toBe(closeCodes.tooSlow);
});

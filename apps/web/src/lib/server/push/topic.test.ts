import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Topic } from './topic.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const encoder = new TextEncoder();

function countedTopic() {
  const world = { value: 1, reads: 0, wholes: 0, isAway: false };
  const topic = new Topic<number>({
    read: () => {
      world.reads += 1;
      return world.isAway ? Promise.reject(new Error('away')) : Promise.resolve(world.value);
    },
    whole: (value) => {
      world.wholes += 1;
      return encoder.encode(`whole ${value}`);
    },
    change: (before, after) =>
      before === after ? undefined : encoder.encode(`${before} to ${after}`),
  });
  const reader = () => {
    const heard: string[] = [];
    const leave = topic.subscribe({
      send: (message) => void heard.push(new TextDecoder().decode(message)),
    });
    return { heard, leave };
  };
  return { world, topic, reader };
}

test('a crowd is told the whole and each change, and costs one reading', async () => {
  const { world, reader } = countedTopic();
  const crowd = Array.from({ length: 100 }, reader);
  await vi.advanceTimersByTimeAsync(0);
  world.value = 2;
  await vi.advanceTimersByTimeAsync(500);
  await vi.advanceTimersByTimeAsync(500);
  expect(world.reads).toBe(3);
  for (const { heard } of crowd) expect(heard).toEqual(['whole 1', '1 to 2']);
  for (const { heard } of Array.from({ length: 100 }, reader)) expect(heard).toEqual(['whole 2']);
  // Each whole was written once, however many were told it.
  expect(world.wholes).toBe(2);
});

test('it is read while somebody looks, and not after', async () => {
  const { world, reader } = countedTopic();
  const { leave } = reader();
  await vi.advanceTimersByTimeAsync(600);
  leave();
  const { reads } = world;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(world.reads).toBe(reads);
  world.value = 3;
  const later = reader();
  await vi.advanceTimersByTimeAsync(0);
  expect(later.heard).toEqual(['whole 3']);
});

test('a reading that fails is tried again, and nobody is told what is not so', async () => {
  const { world, reader } = countedTopic();
  world.isAway = true;
  const { heard } = reader();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toEqual([]);
  world.isAway = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(heard).toEqual(['whole 1']);
});

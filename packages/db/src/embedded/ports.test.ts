import { expect, test } from 'vitest';
import { freePort } from './ports.ts';

/** Drawn blindly, some eight of so many would be given twice. */
const draws = 600;

test('a port is given once, though nothing listens on it yet', async () => {
  const ports = new Set<number>();
  for (let draw = 0; draw < draws; draw++) ports.add(await freePort());
  expect(ports.size).toBe(draws);
});

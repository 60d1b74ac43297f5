/* `patches/postgres@3.4.9.patch`: without it, a write after the connection's end throws where nobody can catch it. */

import { expect, test } from 'vitest';
import { testDatabase } from './testing/index.ts';

test('a connection that is lost between two writes refuses what is asked of it, and the process goes on', async () => {
  const { db } = await testDatabase();
  await db.$client`select 1`;
  const reserved = await db.$client.reserve();
  const [backend] = await reserved<{ pid: number }[]>`select pg_backend_pid() pid`;

  await db.$client`select pg_terminate_backend(${backend?.pid ?? 0}, 5000)`;
  // The first may be the one that finds the end of the connection; the second has none to be written to.
  await expect(reserved`select 1`).rejects.toThrow();
  await expect(reserved`select 2`).rejects.toThrow('CONNECTION_CLOSED');

  expect(await db.$client`select 3 as answer`).toEqual([{ answer: 3 }]);
});

import assert from 'node:assert/strict';
import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on: `wanted` (refused with EADDRINUSE when taken) or any. */
export function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      assert(typeof address === 'object' && address !== null);
      server.close(() => resolve(address.port));
    });
  });
}

import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that operating systems lend to outgoing connections (Linux from 32768, others from 49152): any such connection
 * could hold the port of a server at the moment it comes back.
 */
const lowest = 10_000;
const beyond = 32_000;

/** A port of 127.0.0.1 that nobody listens on, and that no outgoing connection is given. */
export async function freePort(): Promise<number> {
  while (true) {
    const port = randomInt(lowest, beyond);
    if (await isFreePort(port)) return port;
  }
}

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function isFreePort(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

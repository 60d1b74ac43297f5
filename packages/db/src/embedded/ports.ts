import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Below the ports that operating systems lend to outgoing connections (Linux from 32768, others from 49152): any such connection
 * could hold the port of a server at the moment it comes back.
 */
const lowest = 10_000;
const beyond = 32_000;

/**
 * A port of 127.0.0.1 that nobody listens on, and that no outgoing connection is given. Nobody else who asks here is given it while
 * this process lives, though nothing may listen on it yet.
 */
export async function freePort(): Promise<number> {
  while (true) {
    const port = randomInt(lowest, beyond);
    if ((await claim(port)) && (await isFreePort(port))) return port;
  }
}

/** UDP has ports of its own, which nothing here uses: who holds one has its number, until the end of the process. */
function claim(port: number): Promise<boolean> {
  const socket = createSocket('udp4').unref();
  return new Promise((resolve) => {
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, '127.0.0.1', () => resolve(true));
  });
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

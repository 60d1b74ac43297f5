import { connect, type Socket } from 'node:net';

/** Both sides of a benchmark are on this machine. */
const host = '127.0.0.1';

/** All sockets read into the same bytes, one after the other: what was not taken is copied. */
const readBuffer = Buffer.alloc(256 * 1024);

/** Opens a TCP connection. `read` gets all bytes it has not taken yet, and returns how many it takes. */
export function openSocket(port: number, read: (bytes: Buffer) => number): Promise<Socket> {
  let left: Buffer | undefined;
  const callback = (size: number): boolean => {
    const fresh = readBuffer.subarray(0, size);
    const bytes = left ? Buffer.concat([left, fresh]) : fresh;
    const taken = read(bytes);
    left = taken === bytes.length ? undefined : Buffer.from(bytes.subarray(taken));
    return true;
  };
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, onread: { buffer: readBuffer, callback } });
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

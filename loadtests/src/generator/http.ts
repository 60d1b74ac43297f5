import { scansPath } from '@catraca/protocol';
import { openSocket } from './open-socket.ts';
import type { Line, LineHandlers, Wire } from './wire.ts';

/** HTTP/1.1 with keep-alive, one request at a time on a connection, as `POST /v1/scans` takes them. */
export const httpWire: Wire = {
  encode: (scan) => scan,
  open: async (port, token, handlers): Promise<Line> => {
    const socket = await openSocket(port, (bytes) => readResponses(bytes, handlers));
    socket.on('error', () => {}).once('close', () => handlers.closed('the connection was cut'));
    const head =
      `POST ${scansPath} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: ';
    return {
      send: (body) => {
        socket.cork();
        socket.write(`${head}${body.length}\r\n\r\n`);
        socket.write(body);
        socket.uncork();
      },
      pause: () => void socket.pause(),
      close: () => socket.destroy(),
    };
  },
};

const lengthHeader = /\r\ncontent-length: *([0-9]+)\r\n/i;

/** @returns the bytes of all whole responses. */
function readResponses(bytes: Buffer, handlers: LineHandlers): number {
  let taken = 0;
  while (true) {
    const bodyAt = bytes.indexOf('\r\n\r\n', taken) + 4;
    if (bodyAt < 4) return taken;
    const length = lengthHeader.exec(bytes.toString('latin1', taken, bodyAt))?.[1];
    if (length === undefined) throw new Error('a response without a length');
    const end = bodyAt + Number(length);
    if (bytes.length < end) return taken;
    taken = end;
    handlers.heard(bytes.toString('utf8', bodyAt, end));
  }
}

import { createHash, randomBytes } from 'node:crypto';
import { gatePath, gateSubprotocol } from '@catraca/protocol';
import { decodeFrame, encodeFrame, opcodes, type ServerFrame } from './frames.ts';
import { openSocket } from './open-socket.ts';
import type { Line, LineHandlers, Wire } from './wire.ts';

export interface SocketAddress {
  readonly port: number;
  readonly path: string;
  readonly subprotocol: string;
  readonly token: string;
}

/** A line whose text messages are frames: `send` takes what `textFrame` made. @throws when the server refuses it. */
export async function openWebSocket(address: SocketAddress, handlers: LineHandlers): Promise<Line> {
  const key = randomBytes(16).toString('base64');
  const accepted = Promise.withResolvers<undefined>();
  let isOpen = false;
  let why = 'the connection was cut';
  const answer = ({ opcode, payload }: ServerFrame): void => {
    if (opcode === opcodes.text) handlers.heard(payload.toString());
    if (opcode === opcodes.ping) socket.write(encodeFrame(opcodes.pong, payload));
    if (opcode === opcodes.close) why = `the service closed it with ${payload.readUInt16BE(0)}`;
  };
  const socket = await openSocket(address.port, (bytes) => {
    if (isOpen) return readFrames(bytes, answer);
    const end = bytes.indexOf('\r\n\r\n') + 4;
    if (end < 4) return 0;
    isOpen = true;
    const head = bytes.toString('latin1', 0, end);
    if (isAccepted(head, key)) accepted.resolve(undefined);
    else accepted.reject(new Error(`the socket was refused: ${head.split('\r\n')[0]}`));
    return end + readFrames(bytes.subarray(end), answer);
  });
  socket
    .on('error', () => {})
    .once('close', () => {
      accepted.reject(new Error('the socket was closed'));
      handlers.closed(why);
    });
  socket.write(handshake(address, key));
  await accepted.promise;
  return {
    send: (bytes) => void socket.write(bytes),
    pause: () => void socket.pause(),
    close: () => socket.destroy(),
  };
}

export function textFrame(text: Buffer): Buffer {
  return encodeFrame(opcodes.text, text);
}

function handshake({ port, path, subprotocol, token }: SocketAddress, key: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    `Sec-WebSocket-Protocol: ${subprotocol}`,
    `Authorization: Bearer ${token}`,
    '\r\n',
  ].join('\r\n');
}

/** Its SHA-1 after the client's key proves that the server speaks WebSocket (RFC 6455, 1.3). */
const acceptGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function isAccepted(head: string, key: string): boolean {
  const accept = createHash('sha1')
    .update(key + acceptGuid)
    .digest('base64');
  return head.startsWith('HTTP/1.1 101 ') && head.includes(accept);
}

/** @returns the bytes of all whole frames. */
function readFrames(bytes: Buffer, answer: (frame: ServerFrame) => void): number {
  let taken = 0;
  for (let frame = decodeFrame(bytes); frame; frame = decodeFrame(bytes.subarray(taken))) {
    taken += frame.end;
    answer(frame);
  }
  return taken;
}

/** The gate of Catraca. */
export const gateWire: Wire = {
  encode: textFrame,
  open: (port, token, handlers) =>
    openWebSocket({ port, token, path: gatePath, subprotocol: gateSubprotocol }, handlers),
};

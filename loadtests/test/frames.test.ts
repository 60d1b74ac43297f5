import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { once } from 'node:events';
import { decodeFrame, encodeFrame, opcodes } from '../src/generator/frames.ts';
import { openWebSocket, textFrame } from '../src/generator/web-socket.ts';

/** As a server sends it: without a mask. */
function serverFrame(payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), payload]);
  if (length < 65_536) {
    return Buffer.concat([Buffer.from([0x81, 126, length >> 8, length & 0xff]), payload]);
  }
  const head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'a frame of %d bytes is read back',
  (length) => {
    const payload = Buffer.alloc(length, 'x');
    const bytes = Buffer.concat([serverFrame(payload), Buffer.from([0x81])]);
    const frame = decodeFrame(bytes);
    expect(frame?.opcode).toBe(opcodes.text);
    expect(frame?.payload.equals(payload)).toBe(true);
    expect(frame?.end).toBe(bytes.length - 1);
    for (const cut of [0, 1, 2, 5, bytes.length - 2]) {
      expect(decodeFrame(bytes.subarray(0, Math.min(cut, bytes.length - 2)))).toBeUndefined();
    }
  },
);

test('a masked frame from a server is not taken for a plain one', () => {
  expect(() => decodeFrame(encodeFrame(opcodes.text, Buffer.from('scan')))).toThrow('plain');
});

test.each([3, 125, 126, 340, 65_535])(
  'another implementation reads our frames of %d bytes, and we read its own',
  async (length) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      socket.on('message', (data) => socket.send(`${String(data)}!`));
    });
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const heard = Promise.withResolvers<string>();
    const address = { port, path: '/', subprotocol: 'test', token: 'none' };
    const line = await openWebSocket(address, { heard: heard.resolve, closed: () => {} });
    line.send(textFrame(Buffer.from('s'.repeat(length))));
    expect(await heard.promise).toBe(`${'s'.repeat(length)}!`);
    line.close();
    server.close();
  },
);

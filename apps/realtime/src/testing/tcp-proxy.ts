import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createConnection } from 'node:net';
import { afterAll } from 'vitest';

/** A line that can be cut without a word: nothing passes any more, and nobody is told. */
export interface Proxy {
  /** `target` with the proxy's address in it. */
  readonly url: string;
  cut(): void;
  mend(): void;
}

/** A proxy in front of a server, ended after the file. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    const upstream = createConnection(Number(port), hostname);
    const pair: [Socket, Socket][] = [
      [client, upstream],
      [upstream, client],
    ];
    for (const [from, to] of pair) {
      sockets.add(from);
      from.on('data', (data) => isCut || to.write(data));
      from.on('close', () => to.destroy());
      // Told by `close`.
      from.on('error', () => {});
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(target);
  url.port = String(address.port);
  return {
    url: url.href,
    cut: () => (isCut = true),
    mend: () => (isCut = false),
  };
}

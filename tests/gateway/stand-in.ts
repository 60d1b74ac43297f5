import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll } from 'vitest';
import { WebSocketServer } from 'ws';

/** What a node behind the gateway was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface StandIn {
  readonly port: number;
  readonly asked: Asked[];
  readonly server: Server;
}

/** A node behind the gateway that keeps what it was asked, says `name`, and takes sockets; ended after the file. */
export async function startStandIn(name: string): Promise<StandIn> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    if (url !== '/readyz' && url !== '/healthz') asked.push({ method, url, headers });
    request.resume().once('end', () => response.end(name));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, { url = '', headers }) => {
    asked.push({ method: 'UPGRADE', url, headers });
    socket.on('message', (data: Buffer) => socket.send(`${name} ${data.toString()}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, asked, server };
}

import { freePort } from '@catraca/db/embedded';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { findNginx } from '../../scripts/lib/gateway/find-nginx.ts';
import {
  type GatewayEnvironment,
  type GatewayOptions,
  planGateway,
} from '../../scripts/lib/gateway/plan-gateway.ts';
import { type Service, startService } from '../../scripts/lib/service.ts';

/** False where there is no nginx: then the tests that need it are skipped. */
export const hasNginx = findNginx() !== undefined;
if (!hasNginx) console.warn('No nginx: the tests of the gateway are skipped (npm test gets one).');

export interface Front {
  readonly environment: GatewayEnvironment;
  readonly folder: string;
  readonly httpsPort: number;
  readonly httpPort: number;
  /** The venue's root certificate, PEM. */
  root(): string;
  /** Starts the gateway, ended after the file. */
  start(): Promise<Service>;
  /** Everything that the gateway logged so far, its access log too. */
  logged(): string;
}

/** A gateway on free ports of this machine. `nodes` are the ports behind it, of realtime by comma. */
export async function planFront(nodes: {
  webPort: number;
  realtimePorts: readonly [number, ...number[]];
}): Promise<Front> {
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-gateway-'));
  const [realtimePort, ...others] = nodes.realtimePorts;
  const ports = { httpsPort: await freePort(), httpPort: await freePort() };
  const options: GatewayOptions = {
    ...{ dataDir: folder, host: '127.0.0.1', domain: undefined },
    ...{ webPort: nodes.webPort, realtimePort },
    ...{ httpsPort: String(ports.httpsPort), httpPort: String(ports.httpPort) },
  };
  const plan = await planGateway(options);
  const list = [plan.environment.REALTIME_NODES, ...others.map((port) => `127.0.0.1:${port}`)];
  const environment = { ...plan.environment, REALTIME_NODES: list.join(',') };
  const logs = environment.GATEWAY_LOG_DIR;
  const services: Service[] = [];
  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()));
    rmSync(folder, { recursive: true });
  });
  return {
    ...{ environment, folder, ...ports },
    root: () => readFileSync(environment.ROOT_CERTIFICATE, 'utf8'),
    start: async () => {
      const service = await startService('gateway', environment, logs);
      services.push(service);
      return service;
    },
    logged: () =>
      ['gateway.log', 'gateway-access.log']
        .map((name) => readFileSync(path.join(logs, name), 'utf8'))
        .join('\n'),
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Asks over TLS, trusting the venue's root alone. */
export async function ask(
  front: Front,
  target: string,
  { body, ...options }: RequestOptions & { body?: string | Uint8Array } = {},
): Promise<Answer> {
  const sent = request({
    ...{ host: '127.0.0.1', servername: 'localhost', port: front.httpsPort, path: target },
    ...{ ca: front.root(), ...options },
    headers: { host: `localhost:${front.httpsPort}`, ...options.headers },
  });
  // One whose body is refused may be cut while it is still being sent.
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.end(body);
  const [answer] = await answered;
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}

/** Keeps its connections, as a browser does. */
export function keptConnections(front: Front, count: number): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: count, ca: front.root() });
  afterAll(() => agent.destroy());
  return agent;
}

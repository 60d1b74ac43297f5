import { freePort } from '@catraca/db/embedded';
import { Child } from './child.ts';
import type { Service } from './service.ts';

/** Starts the usual design on the same database: see `usual/main.ts`. */
export async function startUsual(databaseUrl: string): Promise<Service> {
  const child = new Child<UsualOrder, { kind: 'listening' }>('usual/main.ts');
  const port = await freePort();
  child.send({ databaseUrl, port });
  await child.until('listening');
  return { pid: child.pid, port, stop: async () => child.stop() };
}

export interface UsualOrder {
  readonly databaseUrl: string;
  readonly port: number;
}

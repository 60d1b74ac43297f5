import { freePort } from '@catraca/db/embedded';
import type { EventId } from '@catraca/domain';
import { Child } from './child.ts';
import type { Service } from './service.ts';

/** Starts the usual live feed on the same database: see `usual/feed-main.ts`. */
export async function startUsualFeed(databaseUrl: string, eventId: EventId): Promise<Service> {
  const child = new Child<UsualFeedOrder, { kind: 'listening' }>('usual/feed-main.ts');
  const port = await freePort();
  child.send({ databaseUrl, port, eventId: String(eventId) });
  await child.until('listening');
  return { pid: child.pid, port, stop: async () => child.stop() };
}

export interface UsualFeedOrder {
  readonly databaseUrl: string;
  readonly eventId: string;
  readonly port: number;
}

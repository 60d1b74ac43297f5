import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createSiteCode, type Db, ensureSigningKey, recordHistory, shareEvent } from '@catraca/db';
import { testMasterKey } from '@catraca/db/testing/shop';
import {
  answerExchangeRequest,
  answerPairRequest,
  ExchangeDesk,
  type ExchangeOutcome,
  pairVenue,
  VenueExchange,
} from '../sync/index.ts';

/** What happens to one answer on its way: nothing, an error instead of it, or the line is cut after so many bytes of it. */
export type Mishap = { status: number } | { cutAfter: number } | undefined;

/** A cloud that listens on a port of its own, as the web app's routes do. */
export async function serveCloud(
  db: Db,
  mishap: () => Mishap = () => undefined,
  now: () => Date = () => new Date(),
) {
  const desk = new ExchangeDesk(db);
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const request = await toRequest(incoming);
      const happens = mishap();
      if (happens && 'status' in happens) {
        outgoing.writeHead(happens.status).end('not now');
        return;
      }
      const response =
        incoming.url === '/sync/pair'
          ? await answerPairRequest(db, request, now())
          : await answerExchangeRequest(desk, request, now());
      const bytes = Buffer.from(await response.arrayBuffer());
      const headers = { ...Object.fromEntries(response.headers), 'content-length': bytes.length };
      outgoing.writeHead(response.status, headers);
      if (!happens) {
        outgoing.end(bytes);
        return;
      }
      outgoing.write(bytes.subarray(0, Math.min(happens.cutAfter, bytes.length - 1)), () =>
        outgoing.destroy(),
      );
    })().catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers(incoming.headers as Record<string, string>);
  return new Request('http://cloud/', { method: 'POST', headers, body: Buffer.concat(chunks) });
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Pairs an empty database as a venue of the cloud's organization. */
export async function makeVenue(
  cloud: Db,
  venue: Db,
  at: { url: string; organizationId: string; userId: string },
  now: Date,
): Promise<{ site: number; exchange: VenueExchange }> {
  const { organizationId, userId: createdBy } = at;
  const { code } = await createSiteCode(
    cloud,
    { organizationId, siteName: 'Hall', createdBy },
    now,
  );
  const paired = await pairVenue(venue, testMasterKey, { url: at.url, code });
  if (!paired.ok) throw new Error(`not paired: ${paired.problem}`);
  await ensureSigningKey(venue, testMasterKey, now);
  return { site: paired.number, exchange: new VenueExchange(venue, testMasterKey) };
}

/** Shares an event, with all it had before. */
export async function shareAll(cloud: Db, eventId: bigint, site: number, now: Date): Promise<void> {
  const shared = await shareEvent(cloud, eventId, site, now);
  if (!shared.ok) throw new Error(`not shared: ${shared.code}`);
  while (!(await recordHistory(cloud, eventId)));
}

/** Exchanges until nothing is left to tell. */
export async function exchangeAll(
  exchange: VenueExchange,
  now: () => Date = () => new Date(),
): Promise<ExchangeOutcome> {
  let quiet = 0;
  for (;;) {
    const outcome = await exchange.once(now);
    if (!outcome.ok) return outcome;
    // What came in one exchange may be answered in the next.
    quiet = outcome.more || outcome.changed ? 0 : quiet + 1;
    if (quiet === 2) return outcome;
  }
}

/**
 * The usual design of a shop, beside which ours is measured: HTTP, an ORM, a pool of ten connections, a transaction for each hold,
 * order and payment with the stock row locked in it, what is left counted for each page, each page rendered for each request.
 * It is not made slow on purpose: the page is one template, passes are signed and written by our own code, two at a time.
 */
import { holdKeysOf, loadSigningKey, openDb } from '@catraca/db';
import fastify from 'fastify';
import { renderEvent, renderOrder } from './pages.ts';
import { hold, order, pay, takenSeats, type Shop } from './sell.ts';

/** What such services are run with. */
const connections = 10;

export interface UsualShopOrder {
  readonly databaseUrl: string;
  readonly masterKey: Uint8Array;
  readonly slug: string;
  readonly port: number;
}

process.once('message', (order: UsualShopOrder) => {
  serve(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

async function serve({ databaseUrl, masterKey, slug, port }: UsualShopOrder): Promise<void> {
  const db = openDb(databaseUrl, { connections, name: 'usual' });
  await holdKeysOf(db, masterKey);
  const signing = await loadSigningKey(db, masterKey);
  if (!signing.ok) throw new Error(signing.code);
  const shop: Shop = { db, key: signing.key, slug };
  const app = fastify();
  app.get('/events/:slug', (_request, reply) => {
    void reply.type('text/html');
    return renderEvent(shop);
  });
  app.get<{ Params: { no: number } }>('/taken/:no', ({ params }) => takenSeats(shop, params.no));
  app.post('/holds', ({ body }) => hold(shop, body as Parameters<typeof hold>[1]));
  app.post('/orders', ({ body }) => order(shop, body as Parameters<typeof order>[1]));
  app.post<{ Body: { order: string } }>('/payments', ({ body }) => pay(shop, body.order));
  app.get<{ Params: { id: string } }>('/orders/:id', ({ params }, reply) => {
    void reply.type('text/html');
    return renderOrder(shop, params.id);
  });
  await app.listen({ host: '127.0.0.1', port });
  process.send?.({ kind: 'listening' });
}

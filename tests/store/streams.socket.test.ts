import { testDatabase } from '@catraca/db/testing';
import { afterAll, expect, test } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';
import { startSite } from '../support/site.ts';
import { holdForOther, makeShop, openShop } from './shop.ts';

const { db, url } = await testDatabase();
await openShop(db);
const shop = await makeShop(db);
await buildWeb();
const site = await startSite({ databaseUrl: url, services: ['web'] });
afterAll(() => site.stop());

const { slug } = shop.event;

/** All that a stream says until it has said `last`. */
async function readUntil(reader: ReadableStreamDefaultReader<string>, last: string) {
  let said = '';
  while (!said.includes(last)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream ended with ${said}`);
    said += value;
  }
  return said;
}

async function listen(path: string): Promise<ReadableStreamDefaultReader<string>> {
  const answer = await fetch(`${site.webUrl}/events/${slug}/${path}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  if (!answer.body) throw new Error('an answer without a body');
  return answer.body.pipeThrough(new TextDecoderStream()).getReader();
}

test.each([
  ['the stock of an event that is not', 404, '/events/made-up/availability'],
  ['the seats of an event that is not', 404, `/events/made-up/taken-seats/${shop.seated.no}`],
  ['the seats of a type without seats', 404, `/events/${slug}/taken-seats/${shop.plain.no}`],
  ['the seats of a type that is not', 404, `/events/${slug}/taken-seats/99`],
  ['the seats of what is no type', 404, `/events/${slug}/taken-seats/x`],
  ['the stock of what cannot be an address', 400, '/events/%00/availability'],
  ['a page that cannot be one', 400, '/events/%00'],
  ['a place in a waiting room that nobody has', 401, `/events/${slug}/queue/live`],
])('%s: no stream, %i', async (_, status, path) => {
  const answer = await fetch(`${site.webUrl}${path}`);
  expect(answer.status).toBe(status);
  await answer.body?.cancel();
});

test('who looks is told the whole, then what others take', async () => {
  const [stock, seats] = [
    await listen('availability'),
    await listen(`taken-seats/${shop.seated.no}`),
  ];
  const first = await readUntil(seats, 'event: whole\ndata: []\n\n');
  expect(first).toMatch(/^retry: [1-5]\d{3}\n\n/);
  expect(await readUntil(stock, '\n\nevent: whole')).toMatch(/^retry: [1-5]\d{3}\n\n/);
  const [seatId = 0n] = shop.seated.seatIds;
  await holdForOther(db, shop, [
    { typeId: shop.rare.id, quantity: 3 },
    { typeId: shop.seated.id, seatIds: [seatId] },
  ]);
  await readUntil(seats, `event: change\ndata: [["${seatId}","held"]]\n\n`);
  await readUntil(stock, 'sold_out');
  await Promise.all([stock.cancel(), seats.cancel()]);
});

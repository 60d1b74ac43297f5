import { transformer } from '@catraca/api';
import type { Connection } from './connection.ts';
import type { Offer } from './orders.ts';

/** What was asked for, or the code of the refusal. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; code: string };

/** How a buyer deals with one design of a shop. Methods throw when an answer is none that a shop should give. */
export interface Shop {
  page(buyer: Connection, offer: Offer): Promise<void>;
  /** `seatIds`: these seats, instead of two of the hot type. */
  hold(buyer: Connection, offer: Offer, seatIds?: readonly string[]): Promise<Answer<string>>;
  /** @returns the order's public id. */
  order(buyer: Connection, hold: string, email: string): Promise<Answer<string>>;
  /** @returns where the tickets are. */
  pay(buyer: Connection, orderPublicId: string): Promise<Answer<string>>;
  tickets(buyer: Connection, path: string): Promise<void>;
  takenSeats(buyer: Connection, offer: Offer): Promise<readonly string[]>;
}

const name = 'Bia Buyer';
const unitsPerOrder = 2;

/** A status that no buyer should see. */
class WrongAnswer extends Error {}

async function page(buyer: Connection, path: string, shows: string): Promise<void> {
  const { status, body } = await buyer.get(path);
  if (status !== 200) throw new WrongAnswer(`page ${status}`);
  if (!body.includes(shows)) throw new WrongAnswer('page without its words');
}

/** Ours, as its pages call it. */
export const ours: Shop = {
  page: (buyer, { slug }) => page(buyer, `/events/${slug}`, 'Hot ticket'),
  async hold(buyer, { slug, typeNo, seatedTypeNo }, seatIds) {
    const line = seatIds ? { typeNo: seatedTypeNo, seatIds } : { typeNo, quantity: unitsPerOrder };
    const held = await call(buyer, 'hold.place', { slug, lines: [line] });
    return held.ok ? { ok: true, value: '' } : held;
  },
  async order(buyer, _hold, email) {
    const input = { buyer: { name, email }, holders: [], locale: 'en' };
    const begun = await call<{ orderPublicId: string }>(buyer, 'order.begin', input);
    return begun.ok ? { ok: true, value: begun.value.orderPublicId } : begun;
  },
  async pay(buyer, orderPublicId) {
    const input = { orderPublicId, provider: 'test' };
    const paid = await call<{ redirectTo: string }>(buyer, 'payment.start', input);
    if (!paid.ok) return paid;
    const { pathname, search } = new URL(paid.value.redirectTo);
    return { ok: true, value: pathname + search };
  },
  tickets: (buyer, path) => page(buyer, path, '/tickets/'),
  async takenSeats(buyer, { slug, seatedTypeNo }) {
    const input = encodeURIComponent(
      JSON.stringify(transformer.serialize({ slug, typeNo: seatedTypeNo })),
    );
    const { body } = await buyer.get(`/trpc/event.takenSeats?input=${input}`);
    const taken = read<{ held: string[]; sold: string[] }>(body);
    if (!taken.ok) throw new WrongAnswer(`taken seats ${taken.code}`);
    return [...taken.value.held, ...taken.value.sold];
  },
};

async function call<Value>(
  buyer: Connection,
  procedure: string,
  input: object,
): Promise<Answer<Value>> {
  const { body } = await buyer.post(
    `/trpc/${procedure}`,
    JSON.stringify(transformer.serialize(input)),
  );
  return read(body);
}

interface Reply {
  result?: { data: string };
  error?: string;
}

function read<Value>(body: string): Answer<Value> {
  const { result, error } = JSON.parse(body) as Reply;
  if (result) return { ok: true, value: transformer.deserialize(result.data) as Value };
  const { data } = transformer.deserialize(error ?? '') as {
    data: { refusal: string | null; httpStatus: number };
  };
  if (data.refusal === null) throw new WrongAnswer(`${data.httpStatus}`);
  return { ok: false, code: data.refusal };
}

/** The usual design: JSON over HTTP. */
export const usual: Shop = {
  page: (buyer, { slug }) => page(buyer, `/events/${slug}`, 'Hot ticket'),
  hold: (buyer, { typeNo, seatedTypeNo }, seatIds) =>
    post(
      buyer,
      '/holds',
      seatIds ? { typeNo: seatedTypeNo, seatIds } : { typeNo, quantity: unitsPerOrder },
    ),
  order: (buyer, hold, email) => post(buyer, '/orders', { hold, name, email }),
  async pay(buyer, order) {
    const paid = await post(buyer, '/payments', { order });
    return paid.ok ? { ok: true, value: `/orders/${order}` } : paid;
  },
  tickets: (buyer, path) => page(buyer, path, 'data-code'),
  async takenSeats(buyer, { seatedTypeNo }) {
    const { body } = await buyer.get(`/taken/${seatedTypeNo}`);
    return JSON.parse(body) as string[];
  },
};

async function post(buyer: Connection, path: string, input: object): Promise<Answer<string>> {
  const { status, body } = await buyer.post(path, JSON.stringify(input));
  const { id, refused } = JSON.parse(body) as { id?: string; refused?: string };
  if (refused !== undefined) return { ok: false, code: refused };
  if (status !== 200 || id === undefined) throw new WrongAnswer(`${path} ${status}`);
  return { ok: true, value: id };
}

/**
 * From a hold to the tickets, as the checkout does it. `lines`: what is held. Returns `{ ok: true, order, tickets }` or what `tell`
 * said instead.
 */
export function buy(shop, slug, lines, buyer, proof) {
  const held = shop.tell('hold.place', { slug, lines, proof });
  return held.ok ? payFor(shop, buyer) : held;
}

/** The second half: of what is held already. */
export function payFor(shop, buyer) {
  const begun = shop.tell('order.begin', { buyer, holders: [], locale: 'en' });
  if (!begun.ok) return begun;
  const { orderPublicId } = begun.value;
  const paid = shop.tell('payment.start', { orderPublicId, provider: 'test' });
  if (!paid.ok) return paid;
  const [, publicId, key] = /orders\/([^?]+)\?key=(.+)$/.exec(paid.value.redirectTo);
  const order = shop.ask('order.view', { publicId, key });
  if (!order.ok) return order;
  return { ok: true, order: order.value, tickets: order.value.tickets };
}

/** The text of a ticket's QR code. */
export function codeOf(shop, ticket) {
  const jwt = ticket.url.split('/tickets/')[1];
  return shop.ask('ticket.get', { jwt }).value.codes.token;
}

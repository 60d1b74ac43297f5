import { claimsOfMedium, schema } from '@catraca/db';
import { and, eq } from 'drizzle-orm';
import { countLeft, type Shop } from './sell.ts';

const { events, media, orderLines, orders, passes, passTypes } = schema;

/** The event, with what is left of each type at this moment. */
export async function renderEvent(shop: Shop): Promise<string> {
  const [event] = await shop.db.select().from(events).where(eq(events.slug, shop.slug));
  const types = await countLeft(shop);
  const rows = types.map(
    ({ no, name, description, priceMinor, feeMinor, left }) => `
      <li data-type="${no}"><h3>${name.en}</h3><p>${description.en}</p>
      <p>${((priceMinor + feeMinor) / 100).toFixed(2)} ${event?.currency ?? ''}</p>
      <p>${left > 0 ? `${left} left` : 'Sold out'}</p><button>Choose</button></li>`,
  );
  return `<!doctype html><html lang="en"><head><title>${event?.name ?? ''}</title></head><body>
    <h1>${event?.name ?? ''}</h1><p>${event?.description.en ?? ''}</p><p>${event?.venueName ?? ''}</p>
    <ul>${rows.join('')}</ul></body></html>`;
}

/** An order with the codes of its tickets. */
export async function renderOrder({ db }: Shop, publicId: string): Promise<string> {
  const rows = await db
    .select({ order: orders, pass: passes, type: passTypes, medium: media })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(passes, eq(passes.orderLineId, orderLines.id))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .innerJoin(media, and(eq(media.passId, passes.id), eq(media.kind, 'qr')))
    .where(eq(orders.publicId, publicId));
  const tickets = rows.map(({ pass, type, medium }) => {
    const { token } = claimsOfMedium({ eventId: pass.eventId, typeNo: type.no }, medium);
    return `<li><h3>${type.name.en}</h3><p data-code="${token}"></p></li>`;
  });
  return `<!doctype html><html lang="en"><body><h1>${rows[0]?.order.reference ?? ''}</h1><ul>${tickets.join('')}</ul></body></html>`;
}

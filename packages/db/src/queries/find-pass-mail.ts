import { and, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import {
  confirmations,
  events,
  holds,
  orderLines,
  orders,
  passes,
  passExchanges,
  passTypes,
  persons,
} from '../schema/index.ts';

/** Who a mail about a pass goes to: the person named, else its holder, and the buyer where a holder has no address. */
export async function findPassMail(db: DbOrTx, passId: bigint, toPersonId: bigint | null) {
  const [found] = await db
    .select({
      holder: { name: persons.name, email: persons.email },
      buyerId: orders.buyerId,
      order: { locale: orders.locale, reference: orders.reference },
      languages: events.languages,
      issuedAt: passes.createdAt,
      confirmedAt: confirmations.confirmedAt,
    })
    .from(passes)
    .innerJoin(events, eq(events.id, passes.eventId))
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .leftJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .leftJoin(confirmations, eq(confirmations.passId, passes.id))
    .where(eq(passes.id, passId));
  if (!found) return undefined;
  // Named, or else the buyer where the holder has no address.
  const otherId = toPersonId ?? (found.holder.email ? null : found.buyerId);
  const [other] =
    otherId === null
      ? []
      : await db
          .select({ name: persons.name, email: persons.email })
          .from(persons)
          .where(eq(persons.id, otherId));
  const to = other ?? found.holder;
  return {
    name: to.name,
    address: to.email,
    locale: found.order?.locale ?? firstLanguage(found.languages),
    reference: found.order?.reference ?? null,
    issuedAt: found.issuedAt,
    isConfirmed: found.confirmedAt !== null,
  };
}

type Locale = (typeof orders.$inferSelect)['locale'];

function firstLanguage(languages: readonly string[]): Locale {
  return (['en', 'pt-br', 'es'] as const).find((one) => languages.includes(one)) ?? 'en';
}

/** The exchange that an order is the difference of, while it waits for its payment. */
export async function findExchangeToPay(db: DbOrTx, orderId: bigint) {
  const [found] = await db
    .select({
      order: orders,
      event: events,
      buyerName: persons.name,
      buyerEmail: persons.email,
      typeName: passTypes.name,
      until: holds.expiresAt,
    })
    .from(passExchanges)
    .innerJoin(orders, eq(orders.id, passExchanges.orderId))
    .innerJoin(events, eq(events.id, orders.eventId))
    .innerJoin(persons, eq(persons.id, orders.buyerId))
    .innerJoin(passTypes, eq(passTypes.id, passExchanges.toTypeId))
    .innerJoin(holds, eq(holds.id, orders.holdId))
    .where(and(eq(passExchanges.orderId, orderId), eq(passExchanges.state, 'waiting')));
  return found;
}

import { randomUUID } from 'node:crypto';
import { type Db, issuePasses, schema, searchGrams, type SigningKey, type Tx } from '@catraca/db';
import { and, eq, inArray, sql } from 'drizzle-orm';

const { events, holdLines, holds, mailOutbox, orderHolders, orderLines, orders } = schema;
const { passTypes, payments, persons, seatClaims, seats, stock } = schema;

export interface Shop {
  readonly db: Db;
  readonly key: SigningKey;
  readonly slug: string;
}

type Sold = { id: string } | { refused: string };

/** Rolls a transaction back. */
class Refused extends Error {}

async function orRefused(work: Promise<{ id: string }>): Promise<Sold> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

export function hold(
  { db, slug }: Shop,
  wanted: { typeNo: number; quantity?: number; seatIds?: string[] },
): Promise<Sold> {
  const seatIds = wanted.seatIds?.map(BigInt) ?? [];
  const quantity = wanted.quantity ?? seatIds.length;
  return orRefused(
    db.transaction(async (tx) => {
      const type = await findType(tx, slug, wanted.typeNo);
      const units = await lockStock(tx, type.id);
      if (units.quantity - units.held - units.sold < quantity) throw new Refused('sold_out');
      await tx
        .update(stock)
        .set({ held: units.held + quantity })
        .where(eq(stock.typeId, type.id));
      const expiresAt = new Date(Date.now() + type.holdTtlSeconds * 1000);
      const [made] = await tx
        .insert(holds)
        .values({ eventId: type.eventId, site: units.site, expiresAt })
        .returning();
      if (!made) throw new Error('a hold was not written');
      await tx.insert(holdLines).values({ holdId: made.id, typeId: type.id, quantity });
      await claim(tx, made.id, seatIds);
      return { id: made.publicId };
    }),
  );
}

async function findType(tx: Tx, slug: string, typeNo: number) {
  const [type] = await tx
    .select({ id: passTypes.id, eventId: events.id, holdTtlSeconds: events.holdTtlSeconds })
    .from(passTypes)
    .innerJoin(events, eq(events.id, passTypes.eventId))
    .where(and(eq(events.slug, slug), eq(passTypes.no, typeNo)));
  if (!type) throw new Error('no such type');
  return type;
}

async function lockStock(tx: Tx, typeId: bigint) {
  const [row] = await tx.select().from(stock).where(eq(stock.typeId, typeId)).for('update');
  if (!row) throw new Error('no stock');
  return row;
}

async function claim(tx: Tx, holdId: bigint, seatIds: bigint[]): Promise<void> {
  if (seatIds.length === 0) return;
  const claims = seatIds.map((seatId) => ({ seatId, holdId }));
  const made = await tx.insert(seatClaims).values(claims).onConflictDoNothing().returning();
  if (made.length < seatIds.length) throw new Refused('seat_taken');
}

export function order(
  { db }: Shop,
  request: { hold: string; name: string; email: string },
): Promise<Sold> {
  return orRefused(
    db.transaction(async (tx) => {
      const held = await lockHold(tx, request.hold);
      const [line] = await tx
        .select({ line: holdLines, type: passTypes, currency: events.currency })
        .from(holdLines)
        .innerJoin(passTypes, eq(passTypes.id, holdLines.typeId))
        .innerJoin(events, eq(events.id, passTypes.eventId))
        .where(eq(holdLines.holdId, held.id));
      if (!line) throw new Error('an empty hold');
      const claims = await tx.select().from(seatClaims).where(eq(seatClaims.holdId, held.id));
      const { name, email } = request;
      const person = { eventId: held.eventId, name, searchIndex: searchGrams(name) };
      const [buyer] = await tx
        .insert(persons)
        .values({ ...person, email })
        .returning();
      const each = { priceMinor: line.type.priceMinor, feeMinor: line.type.feeMinor };
      const [made] = await tx
        .insert(orders)
        .values({
          ...{ reference: randomUUID(), eventId: held.eventId, site: held.site, holdId: held.id },
          ...{ buyerId: buyer?.id ?? 0n, currency: line.currency, locale: 'en' as const },
          totalMinor: (each.priceMinor + each.feeMinor) * line.line.quantity,
        })
        .returning();
      if (!made) throw new Error('an order was not written');
      for (let unit = 0; unit < line.line.quantity; unit++) {
        const seatId = claims[unit]?.seatId ?? null;
        const place = { orderId: made.id, no: unit + 1, typeId: line.type.id, seatId, ...each };
        const [written] = await tx.insert(orderLines).values(place).returning();
        const [holder] = await tx.insert(persons).values(person).returning();
        const of = { orderLineId: written?.id ?? 0n, no: 1, personId: holder?.id ?? 0n };
        await tx.insert(orderHolders).values(of);
      }
      return { id: made.publicId };
    }),
  );
}

async function lockHold(tx: Tx, publicId: string) {
  const [held] = await tx.select().from(holds).where(eq(holds.publicId, publicId)).for('update');
  if (held?.state !== 'active' || held.expiresAt <= new Date()) throw new Refused('hold_ended');
  return held;
}

export function pay({ db, key }: Shop, orderPublicId: string): Promise<Sold> {
  return orRefused(
    db.transaction(async (tx) => {
      const now = new Date();
      const [found] = await tx
        .select()
        .from(orders)
        .where(eq(orders.publicId, orderPublicId))
        .for('update');
      if (found?.state !== 'pending' || found.holdId === null) throw new Refused('already_paid');
      const amount = { amountMinor: found.totalMinor, currency: found.currency };
      await tx.insert(payments).values({
        ...{ orderId: found.id, provider: 'test' as const, providerRef: randomUUID() },
        ...{ ...amount, state: 'succeeded' as const, settledAt: now },
      });
      const lines = await tx
        .select()
        .from(orderLines)
        .innerJoin(orderHolders, eq(orderHolders.orderLineId, orderLines.id))
        .where(eq(orderLines.orderId, found.id));
      const passes = lines.map(({ order_lines: line, order_holders: holder }) => ({
        ...{ typeId: line.typeId, holderId: holder.personId },
        ...{ orderLineId: line.id, seatId: line.seatId },
      }));
      await issuePasses(tx, key, passes, now);
      const paid = { state: 'paid' as const, paidMinor: found.totalMinor, paidAt: now };
      await tx.update(orders).set(paid).where(eq(orders.id, found.id));
      const dedupeKey = `order_paid:${found.id}`;
      await tx.insert(mailOutbox).values({ kind: 'order_paid', orderId: found.id, dedupeKey });
      await sell(tx, found.holdId, passes);
      return { id: orderPublicId };
    }),
  );
}

/** The stock last: every buyer of the type wants that row. */
async function sell(
  tx: Tx,
  holdId: bigint,
  passes: readonly { typeId: bigint; orderLineId: bigint; seatId: bigint | null }[],
): Promise<void> {
  await tx.update(holds).set({ state: 'sold' }).where(eq(holds.id, holdId));
  const typeId = passes[0]?.typeId ?? 0n;
  const units = await lockStock(tx, typeId);
  await tx
    .update(stock)
    .set({ held: units.held - passes.length, sold: units.sold + passes.length })
    .where(eq(stock.typeId, typeId));
  for (const { orderLineId, seatId } of passes) {
    if (seatId === null) continue;
    const sold = { holdId: null, orderLineId };
    await tx.update(seatClaims).set(sold).where(eq(seatClaims.seatId, seatId));
  }
}

export async function takenSeats({ db, slug }: Shop, typeNo: number): Promise<string[]> {
  const rows = await db
    .select({ id: seatClaims.seatId })
    .from(seatClaims)
    .innerJoin(seats, eq(seats.id, seatClaims.seatId))
    .innerJoin(passTypes, eq(passTypes.id, seats.typeId))
    .innerJoin(events, eq(events.id, passTypes.eventId))
    .where(and(eq(events.slug, slug), eq(passTypes.no, typeNo)));
  return rows.map(({ id }) => String(id));
}

/** What is left of each type, counted. */
export async function countLeft({ db, slug }: Shop) {
  const sold = sql`(select count(*) from ${orderLines} join ${orders} on ${orders.id} = ${orderLines.orderId}
    where ${orderLines.typeId} = ${passTypes.id} and ${orders.state} = 'paid')`;
  const held = sql`(select coalesce(sum(${holdLines.quantity}), 0) from ${holdLines} join ${holds} on ${holds.id} = ${holdLines.holdId}
    where ${holdLines.typeId} = ${passTypes.id} and ${holds.state} = 'active' and ${holds.expiresAt} > now())`;
  return db
    .select({
      ...{ no: passTypes.no, name: passTypes.name, description: passTypes.description },
      ...{ priceMinor: passTypes.priceMinor, feeMinor: passTypes.feeMinor },
      left: sql`${stock.quantity} - ${sold} - ${held}`.mapWith(Number),
    })
    .from(passTypes)
    .innerJoin(stock, eq(stock.typeId, passTypes.id))
    .innerJoin(events, eq(events.id, passTypes.eventId))
    .where(inArray(events.slug, [slug]));
}

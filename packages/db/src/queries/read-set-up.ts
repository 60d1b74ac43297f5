import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { whatWasSold } from '../commands/set-up/what-was-sold.ts';
import {
  areas,
  checkpoints,
  entitlements,
  eventDays,
  events,
  orders,
  passTypes,
  sites,
  stock,
  stockPools,
} from '../schema/index.ts';

/** What an event is, as its settings show it, with whom a change would reach. */
export async function readEventSetUp(db: DbOrTx, eventId: bigint) {
  const [event] = await db.select().from(events).where(eq(events.id, eventId));
  if (!event) return undefined;
  const [days, areaRows, points, typeRows, orderCount] = await Promise.all([
    listDays(db, eventId),
    db.select().from(areas).where(eq(areas.eventId, eventId)).orderBy(asc(areas.no)),
    db
      .select()
      .from(checkpoints)
      .where(eq(checkpoints.eventId, eventId))
      .orderBy(asc(checkpoints.no)),
    db.select({ id: passTypes.id }).from(passTypes).where(eq(passTypes.eventId, eventId)),
    db.$count(
      orders,
      and(eq(orders.eventId, eventId), inArray(orders.state, ['pending', 'paid', 'refunded'])),
    ),
  ]);
  const reach = await whatWasSold(
    db,
    typeRows.map(({ id }) => id),
  );
  return { event, days, areas: areaRows, checkpoints: points, orderCount, passCount: reach.passes };
}

export type EventSetUp = NonNullable<Awaited<ReturnType<typeof readEventSetUp>>>;

function listDays(db: DbOrTx, eventId: bigint) {
  return db
    .select()
    .from(eventDays)
    .where(eq(eventDays.eventId, eventId))
    .orderBy(asc(eventDays.startsAt));
}

/** The types of an event of a kind in their order, with what they open, what this site has of them and what others have. */
export async function readTypesSetUp(db: DbOrTx, eventId: bigint, kind: 'ticket' | 'credential') {
  const here = sql`${stock.site} = (select number from ${sites} where is_local)`;
  const units = db
    .select({
      typeId: stock.typeId,
      quantity: sql<number>`coalesce(sum(${stock.quantity}) filter (where ${here}), 0)::int`.as(
        'quantity',
      ),
      held: sql<number>`coalesce(sum(${stock.held}) filter (where ${here}), 0)::int`.as('held'),
      sold: sql<number>`coalesce(sum(${stock.sold}) filter (where ${here}), 0)::int`.as('sold'),
      elsewhere:
        sql<number>`coalesce(sum(${stock.quantity}) filter (where not ${here}), 0)::int`.as(
          'elsewhere',
        ),
      poolId: sql<string | null>`(max(${stock.poolId}) filter (where ${here}))::text`.as('pool_id'),
    })
    .from(stock)
    .groupBy(stock.typeId)
    .as('units');
  const types = await db
    .select({
      type: passTypes,
      quantity: units.quantity,
      held: units.held,
      sold: units.sold,
      elsewhere: units.elsewhere,
      poolId: units.poolId,
    })
    .from(passTypes)
    .leftJoin(units, eq(units.typeId, passTypes.id))
    .where(and(eq(passTypes.eventId, eventId), eq(passTypes.kind, kind)))
    .orderBy(asc(passTypes.position), asc(passTypes.no));
  const ids = types.map(({ type }) => type.id);
  const openings =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(entitlements)
          .where(inArray(entitlements.typeId, ids))
          .orderBy(asc(entitlements.areaId), asc(entitlements.startsAt));
  const openingsOf = Map.groupBy(openings, ({ typeId }) => typeId);
  return types.map((row) => ({ ...row, openings: openingsOf.get(row.type.id) ?? [] }));
}

export type TypeSetUp = Awaited<ReturnType<typeof readTypesSetUp>>[number];

/** The capacities that types of an event share. */
export function readPools(db: DbOrTx, eventId: bigint) {
  const { id, name, quantity, held, sold, version } = stockPools;
  return db
    .select({ id, name, quantity, held, sold, version })
    .from(stockPools)
    .where(eq(stockPools.eventId, eventId))
    .orderBy(asc(id));
}

/** Whether an address in the shop is free. */
export async function isSlugFree(db: DbOrTx, slug: string): Promise<boolean> {
  return (await db.$count(events, eq(events.slug, slug))) === 0;
}

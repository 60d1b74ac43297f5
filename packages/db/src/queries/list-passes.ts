import { parseCode } from '@catraca/domain';
import { and, asc, count, desc, eq, inArray, like, or, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { findPeople } from '../personal/find-people.ts';
import { idArray } from '../rows.ts';
import {
  confirmations,
  media,
  orderLines,
  orders,
  passes,
  passTypes,
  persons,
  scans,
  seats,
} from '../schema/index.ts';
import { anywhere } from './anywhere.ts';

/** Not by name: it is sealed. */
export const passSorts = ['newest', 'oldest'] as const;
export type PassSort = (typeof passSorts)[number];

export interface PassSearch {
  eventId: bigint;
  /** Any part of the holder's name, an e-mail or an order's reference, or a whole code as a reader reads it. */
  text: string;
  status: (typeof passes.$inferSelect)['status'] | null;
  typeId?: bigint | null;
  /** Whether its holder has confirmed. */
  confirmed?: boolean | null;
  /** Where its holder is, by the last crossing. */
  areaId?: bigint | null;
  /** Both where it is missing. */
  kind?: (typeof passes.$inferSelect)['kind'];
  sort: PassSort;
  /** From 0. */
  page: number;
  pageSize: number;
}

/**
 * A page of an event's passes, tickets and credentials, and how many there are on all pages; `cut` when so many people fit that not all
 * were looked at.
 */
export async function listPasses(db: DbOrTx, search: PassSearch) {
  const { matches, cut } = await matching(db, search);
  const where = and(
    eq(passes.eventId, search.eventId),
    search.status ? eq(passes.status, search.status) : undefined,
    ...filters(search),
    search.kind ? eq(passes.kind, search.kind) : undefined,
    matches,
  );
  const [total] = await db.select({ count: count() }).from(passes).where(where);
  const rows = await db
    .select({
      publicId: passes.publicId,
      kind: passes.kind,
      status: passes.status,
      holderName: persons.name,
      typeName: passTypes.name,
      typeColour: passTypes.colour,
      seat: { section: seats.section, row: seats.row, number: seats.number },
      orderReference: orders.reference,
      createdAt: passes.createdAt,
    })
    .from(passes)
    .innerJoin(persons, eq(persons.id, passes.holderId))
    .innerJoin(passTypes, eq(passTypes.id, passes.typeId))
    .leftJoin(seats, eq(seats.id, passes.seatId))
    .leftJoin(orderLines, eq(orderLines.id, passes.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId))
    .where(where)
    .orderBy(...orderOf[search.sort])
    .limit(search.pageSize)
    .offset(search.page * search.pageSize);
  return { total: total?.count ?? 0, cut, rows };
}

const orderOf: Record<PassSort, SQL[]> = {
  newest: [desc(passes.createdAt), desc(passes.id)],
  oldest: [asc(passes.createdAt), asc(passes.id)],
};

function filters({ typeId, confirmed, areaId }: PassSearch): SQL[] {
  const found: SQL[] = [];
  if (typeId) found.push(eq(passes.typeId, typeId));
  if (typeof confirmed === 'boolean') {
    const said = sql`exists (select from ${confirmations} c where c.pass_id = ${passes.id} and c.confirmed_at is not null)`;
    found.push(confirmed ? said : sql`not ${said}`);
  }
  if (areaId) {
    found.push(sql`(select s.to_area from ${scans} s where s.event_id = ${passes.eventId} and s.pass_id = ${passes.id}
      and s.crossing_no is not null order by s.crossing_no desc limit 1) = ${areaId}`);
  }
  return found;
}

interface Matching {
  matches: SQL | undefined;
  cut: boolean;
}

async function matching(db: DbOrTx, { eventId, text }: PassSearch): Promise<Matching> {
  const typed = text.trim();
  if (!typed) return { matches: undefined, cut: false };
  const code = parseCode(typed);
  if (code.kind === 'token') return { matches: eq(passes.id, code.claims.passId), cut: false };
  if (code.kind === 'barcode') {
    const read = db.select({ id: media.passId }).from(media).where(eq(media.code, code.number));
    return { matches: inArray(passes.id, read), cut: false };
  }
  const ordered = db
    .select({ id: orderLines.id })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(eq(orders.eventId, eventId), like(orders.reference, anywhere(typed.toUpperCase()))));
  const { people, cut } = await findPeople(db, eventId, typed);
  const matches = or(
    sql`${passes.holderId} = any(${idArray(people.map(({ id }) => id))})`,
    inArray(passes.orderLineId, ordered),
  );
  return { matches, cut };
}

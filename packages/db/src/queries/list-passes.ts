import { parseCode } from '@catraca/domain';
import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { findPeople, gramsFit, isMeant } from '../personal/find-people.ts';
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
import { findByReference } from './find-by-reference.ts';
import { countUpTo, type Leaf, type LeafQuery, type Order, readLeaf } from './leaf.ts';

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
  /** By public ids. */
  leaf: Leaf;
  pageSize: number;
}

/** A page of an event's passes, tickets and credentials, and how many there are on all pages: null when so many fit that they are not counted. */
export async function listPasses(db: DbOrTx, search: PassSearch) {
  const { leaf, pageSize } = search;
  const { matches, keep } = await matching(db, search);
  const where = and(
    eq(passes.eventId, search.eventId),
    search.status ? eq(passes.status, search.status) : undefined,
    ...filters(search),
    search.kind ? eq(passes.kind, search.kind) : undefined,
  );
  const all = and(where, matches);
  const page = await readLeaf(leaf, orderOf[search.sort], pageSize, {
    read: (query) => readPasses(db, query, all),
    keyOf: ({ publicId }) => publicId,
    keep: keep && ((rows) => rows.filter(keep)),
  });
  const total = keep ? null : await countUpTo(db, sql`select from ${passes} where ${all}`);
  return { ...page, total, rows: page.rows.map(({ holderEmail: _, ...row }) => row) };
}

function readPasses(db: DbOrTx, page: LeafQuery, where: SQL | undefined) {
  return db
    .select({
      publicId: passes.publicId,
      kind: passes.kind,
      status: passes.status,
      holderName: persons.name,
      holderEmail: persons.email,
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
    .where(and(where, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
}

const byTime = { table: passes, key: passes.publicId, by: passes.createdAt, id: passes.id };
const orderOf: Record<PassSort, Order> = {
  newest: { ...byTime, descending: true },
  oldest: { ...byTime, descending: false },
};

function filters({ typeId, confirmed, areaId }: PassSearch): SQL[] {
  const found: SQL[] = [];
  if (typeId) found.push(eq(passes.typeId, typeId));
  if (typeof confirmed === 'boolean') {
    const said = sql`exists (select from ${confirmations} c where c.pass_id = ${passes.id} and c.confirmed_at is not null)`;
    found.push(confirmed ? said : sql`not ${said}`);
  }
  if (areaId) {
    // Those who crossed into it, and nowhere afterwards: so the database may begin at the area where few are in it, and at the passes where many are.
    found.push(sql`exists (select from ${scans} s where s.pass_id = ${passes.id} and s.crossing_no is not null and s.to_area = ${areaId}
      and not exists (select from ${scans} l where l.pass_id = s.pass_id and l.crossing_no > s.crossing_no))`);
  }
  return found;
}

/** What a text is found by. */
interface Matching {
  matches?: SQL | undefined;
  /** Which of those that match are meant, where the database cannot say. */
  keep?: (pass: { holderName: string; holderEmail: string | null }) => boolean;
}

async function matching(db: DbOrTx, { eventId, text }: PassSearch): Promise<Matching> {
  const typed = text.trim();
  if (!typed) return {};
  const code = parseCode(typed);
  if (code.kind === 'token') return { matches: eq(passes.id, code.claims.passId) };
  if (code.kind === 'barcode') {
    const read = sql`select ${media.passId} from ${media} where ${media.code} = ${code.number}`;
    return { matches: sql`${passes.id} in (${read})` };
  }
  const { people, cut } = await findPeople(db, eventId, typed, 'holders');
  if (cut) return amongMany(typed);
  const ordered = await findByReference(db, eventId, typed);
  // Two questions that have an index each: with `or` between them the database would look through all passes.
  const found = sql`select p.id from ${passes} p where p.holder_id = any(${idArray(people.map(({ id }) => id))})
    union select p.id from ${orderLines} l join ${passes} p on p.order_line_id = l.id
      where l.order_id = any(${idArray(ordered)})`;
  return { matches: sql`${passes.id} in (${found})` };
}

/**
 * A name that so many have that they are not all opened: the passes are gone through in their order, and opened page by page. Nobody
 * looks for an order by such a text.
 */
function amongMany(text: string): Matching {
  const fit = gramsFit(text);
  return {
    matches: fit,
    keep: (pass) => isMeant({ name: pass.holderName, email: pass.holderEmail }, text),
  };
}

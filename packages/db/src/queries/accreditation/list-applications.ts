import { and, count, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { gramsOfQuery } from '../../personal/search-grams.ts';
import { applications, delegations, passTypes } from '../../schema/index.ts';
import { countUpTo, type Leaf, type LeafQuery, type Order, readLeaf } from '../leaf.ts';

export interface ApplicationSearch {
  eventId: bigint;
  /** Three letters or more of a name or an e-mail; all applications when it is empty. */
  text: string;
  state: (typeof applications.$inferSelect)['state'] | null;
  typeId: bigint | null;
  /** `none`: those of the public forms. */
  delegationId: bigint | 'none' | null;
  /** By public ids. */
  leaf: Leaf;
  pageSize: number;
}

/** A page of an event's applications, and how many there are on all pages. Those that wait: the first one first. */
export async function listApplications(db: DbOrTx, search: ApplicationSearch) {
  const where = and(eq(applications.eventId, search.eventId), ...filters(search));
  const waits = search.state === 'submitted' || search.state === 'asked';
  const page = await readLeaf(search.leaf, waits ? oldestFirst : latestFirst, search.pageSize, {
    read: (query) => readApplications(db, query, where),
    keyOf: ({ publicId }) => publicId,
  });
  const total = await countUpTo(db, sql`select from ${applications} where ${where}`);
  return { ...page, total };
}

const created = { table: applications, key: applications.publicId, id: applications.id };
const oldestFirst: Order = { ...created, by: applications.createdAt, descending: false };
const latestFirst: Order = { ...created, by: applications.createdAt, descending: true };

function readApplications(db: DbOrTx, page: LeafQuery, where: SQL | undefined) {
  return db
    .select({
      id: applications.id,
      publicId: applications.publicId,
      state: applications.state,
      name: applications.name,
      typeName: passTypes.name,
      typeColour: passTypes.colour,
      delegationName: delegations.name,
      photoId: applications.photoId,
      createdAt: applications.createdAt,
      hasDuplicate: sql<boolean>`${alsoApplied}`,
    })
    .from(applications)
    .innerJoin(passTypes, eq(passTypes.id, applications.typeId))
    .leftJoin(delegations, eq(delegations.id, applications.delegationId))
    .where(and(where, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
}

/** Whether the same person has another application that stands: `isSamePerson`, in SQL. */
const alsoApplied = sql`exists (
  select from applications other
  where other.event_id = ${applications.eventId} and other.id <> ${applications.id}
    and other.state not in ('rejected', 'withdrawn')
    and (other.document_key = ${applications.documentKey} or (other.name_birth_key = ${applications.nameBirthKey}
      and (other.document_key is null or ${applications.documentKey} is null))))`;

function filters({ text, state, typeId, delegationId }: ApplicationSearch): (SQL | undefined)[] {
  const grams = gramsOfQuery(text);
  return [
    state ? eq(applications.state, state) : undefined,
    typeId === null ? undefined : eq(applications.typeId, typeId),
    delegationId === 'none' ? isNull(applications.delegationId) : undefined,
    typeof delegationId === 'bigint' ? eq(applications.delegationId, delegationId) : undefined,
    grams.length > 0
      ? sql`${applications.searchIndex} @> ${`{${grams.join(',')}}`}::int[]`
      : undefined,
  ];
}

/** How many applications an event has in each state. */
export async function countApplications(db: DbOrTx, eventId: bigint) {
  return db
    .select({ state: applications.state, count: count() })
    .from(applications)
    .where(eq(applications.eventId, eventId))
    .groupBy(applications.state);
}

import { and, desc, eq, gte, ilike, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { auditLog, devices, events, members, sites, users } from '../schema/index.ts';

export interface AuditSearch {
  organizationId: string;
  /** Null: of all events, and of none in particular. */
  eventId: bigint | null;
  /** A user's id. */
  actorId: string | null;
  /** Part of an action's name, or of the kind or the id of what it was done to. */
  text: string;
  /** Actions that are meant by the text, too: the reader sees them in words. */
  actions?: readonly string[];
  from: Date | null;
  until: Date | null;
  /** Rows older than this one. */
  before: bigint | null;
  limit: number;
}

/** What was done, the latest first. Names are those that members and events have now. */
export function listAudit(db: DbOrTx, search: AuditSearch) {
  return db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      siteName: sites.name,
      actorKind: auditLog.actorKind,
      actorId: auditLog.actorId,
      actorName: sql<string | null>`coalesce(${users.name}, ${devices.name})`,
      action: auditLog.action,
      subjectKind: auditLog.subjectKind,
      subjectId: auditLog.subjectId,
      /** Of a subject that has a name which is no holder's or buyer's. */
      subjectName: sql<string | null>`case ${auditLog.subjectKind}
        when 'user' then (select u.name from users u where u.id = ${auditLog.subjectId})
        when 'event' then (select e.name from events e where e.id = ${auditLog.subjectId}::bigint)
        when 'checkpoint' then (select c.name from checkpoints c where c.id = ${auditLog.subjectId}::bigint)
        when 'device' then (select d.name from devices d where d.id = ${auditLog.subjectId}::bigint)
        when 'order' then (select o.reference from orders o where o.id = ${auditLog.subjectId}::bigint)
        when 'pass_type' then (select t.name->>'en' from pass_types t where t.id = ${auditLog.subjectId}::bigint)
        when 'site' then (select s.name from sites s where s.number::text = ${auditLog.subjectId})
        when 'invitation' then (select i.email from invitations i where i.id = ${auditLog.subjectId}) end`,
      /** By which a pass or an order is opened. */
      subjectKey: sql<string | null>`case ${auditLog.subjectKind}
        when 'pass' then (select p.public_id::text from passes p where p.id = ${auditLog.subjectId}::bigint and p.event_id = ${auditLog.eventId})
        when 'order' then (select o.reference from orders o where o.id = ${auditLog.subjectId}::bigint and o.event_id = ${auditLog.eventId}) end`,
      eventName: events.name,
      eventSlug: events.slug,
      /** Of the event: what amounts of the change are in. */
      currency: events.currency,
      before: auditLog.before,
      after: auditLog.after,
      address: sql<string | null>`host(${auditLog.address})`,
      userAgent: auditLog.userAgent,
    })
    .from(auditLog)
    .leftJoin(sites, eq(sites.number, auditLog.site))
    .leftJoin(users, and(eq(auditLog.actorKind, 'member'), eq(users.id, auditLog.actorId)))
    .leftJoin(
      devices,
      and(eq(auditLog.actorKind, 'device'), sql`${devices.id}::text = ${auditLog.actorId}`),
    )
    .leftJoin(events, eq(events.id, auditLog.eventId))
    .where(and(...conditions(search)))
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(search.limit);
}

export type AuditRow = Awaited<ReturnType<typeof listAudit>>[number];

function conditions(search: AuditSearch): (SQL | undefined)[] {
  const { organizationId, eventId, actorId, from, until, before, text, actions = [] } = search;
  const part = `%${text.trim().replace(/[\\%_]/g, String.raw`\$&`)}%`;
  return [
    eq(auditLog.organizationId, organizationId),
    eventId === null ? undefined : eq(auditLog.eventId, eventId),
    actorId === null ? undefined : eq(auditLog.actorId, actorId),
    from === null ? undefined : gte(auditLog.at, from),
    until === null ? undefined : lt(auditLog.at, until),
    // What the other site did stands where it belongs, though it came later.
    before === null
      ? undefined
      : sql`(${auditLog.at}, ${auditLog.id}) < (select at, id from audit_log where id = ${before})`,
    text.trim() === ''
      ? undefined
      : or(
          ilike(auditLog.action, part),
          ilike(auditLog.subjectKind, part),
          eq(auditLog.subjectId, text.trim()),
          actions.length > 0 ? inArray(auditLog.action, [...actions]) : undefined,
        ),
  ];
}

/** Who is in the log of an organization: its members, and those who were. */
export function listAuditActors(db: DbOrTx, organizationId: string) {
  const own = db
    .select({ id: members.userId })
    .from(members)
    .where(eq(members.organizationId, organizationId));
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(
      or(
        inArray(users.id, own),
        sql`exists (select from ${auditLog} where ${auditLog.organizationId} = ${organizationId} and ${auditLog.actorId} = ${users.id})`,
      ),
    )
    .orderBy(users.name, users.id);
}

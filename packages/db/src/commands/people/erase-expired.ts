import { sql } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { record } from '../../sync/record-facts.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { forgetApplications, forgetPeople } from './forget-people.ts';

/** People of one transaction: their rows are locked for some tens of ms. */
const atOnce = 500;

/**
 * Forgets some of the people of an event whose last day is as long ago as its organizer wanted them kept. Each site does so for itself, and they
 * agree on it. @returns whether there may be more.
 */
export async function eraseExpired(db: Db, now: Date): Promise<boolean> {
  return transact<boolean>(db, async (tx) => {
    const [event] = await tx.execute<{ id: string; organization: string }>(sql`
      select e.id, e.organization_id as organization from events e
      where e.retention_days is not null
        and (select max(d.ends_at) from event_days d where d.event_id = e.id)
          < ${now.toISOString()}::timestamptz - make_interval(days => e.retention_days)
        and (exists (select from persons p where p.event_id = e.id and p.erased_at is null)
          or exists (select from applications a where a.event_id = e.id and cardinality(a.search_index) > 0)
          or exists (select from delegations d where d.event_id = e.id and (d.contact_name is not null or d.contact_email is not null)))
      order by e.id limit 1`);
    if (!event) return false;
    const eventId = BigInt(event.id);
    const people = await idsOf(
      sql`select id from persons where event_id = ${eventId} and erased_at is null`,
    );
    const applications = await idsOf(sql`
      select id from applications where event_id = ${eventId} and cardinality(search_index) > 0`);
    await forgetPeople(tx, people);
    await forgetApplications(tx, applications);
    const contacts = await tx.execute(sql`
      update delegations set contact_name = null, contact_email = null
      where event_id = ${eventId} and (contact_name is not null or contact_email is not null) returning id`);
    // Somebody works on the rest: another time.
    if (people.length + applications.length + contacts.length === 0) return false;
    await record(tx, 'person', people);
    const system = { kind: 'system', id: null, address: null, userAgent: null } as const;
    await writeAudit(
      tx,
      { organizationId: event.organization, ...system },
      {
        ...{ action: 'person.expire', eventId, subjectKind: 'event', subjectId: eventId },
        after: { people: people.length, applications: applications.length },
      },
    );
    return true;

    async function idsOf(rows: ReturnType<typeof sql>): Promise<bigint[]> {
      const found = await tx.execute<{ id: string }>(
        sql`${rows} order by id limit ${atOnce} for no key update skip locked`,
      );
      return found.map(({ id }) => BigInt(id));
    }
  });
}

import { firstAuthority } from '@catraca/domain';
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { type Actor, writeAudit } from '../commands/audit/write-audit.ts';
import { transact } from '../commands/transact.ts';
import { getLocalSite } from '../local-site.ts';
import { sharedEvents, siteLinks } from '../schema/index.ts';
import { findAuthority, writeAuthority } from './authority.ts';
import { record } from './record-facts.ts';

export type ShareEventResult =
  | { ok: true }
  | { ok: false; code: 'unknown_venue' | 'other_organization' }
  /** An event is at one venue, as long as that one is not over. */
  | { ok: false; code: 'shared_already' };

/**
 * Shares an event of the cloud with a venue: what it is, and from now on each change, is written into its journal. What was there before
 * is written by `recordHistory`.
 */
export async function shareEvent(
  db: Db,
  eventId: bigint,
  site: number,
  now: Date,
  by: Actor | null = null,
): Promise<ShareEventResult> {
  return transact<ShareEventResult>(db, async (tx) => {
    const result = await share(tx, eventId, site, now);
    const entry = { action: 'site.share', eventId, subjectKind: 'event', subjectId: eventId };
    if (by && result.ok) await writeAudit(tx, by, { ...entry, after: { site } });
    return result;
  });
}

async function share(tx: Tx, eventId: bigint, site: number, now: Date): Promise<ShareEventResult> {
  const [link] = await tx.select().from(siteLinks).where(eq(siteLinks.site, site));
  if (link?.state !== 'active') return { ok: false, code: 'unknown_venue' };
  const [own] = await tx.execute(sql`
      select from events where id = ${eventId} and organization_id = ${link.organizationId} for share`);
  if (!own) return { ok: false, code: 'other_organization' };
  const [shared] = await tx
    .insert(sharedEvents)
    .values({ eventId, site, since: now })
    .onConflictDoNothing()
    .returning();
  if (!shared) {
    return moveToVenue(tx, eventId, site, now);
  }
  const { number, kind } = await getLocalSite(tx);
  if (!(await findAuthority(tx, eventId))) {
    await writeAuthority(tx, eventId, firstAuthority({ no: number, kind }), null, now);
  }
  // The first of its facts: whoever knows that it is shared writes theirs after it.
  await record(tx, 'event', [eventId]);
  await record(tx, 'authority', [eventId]);
  return { ok: true };
}

/** An event of a venue that is over goes to the one that was paired in its place, with all that is known of it. */
async function moveToVenue(
  tx: Tx,
  eventId: bigint,
  site: number,
  now: Date,
): Promise<ShareEventResult> {
  const [known] = await tx
    .select({ site: sharedEvents.site, state: siteLinks.state })
    .from(sharedEvents)
    .innerJoin(siteLinks, eq(siteLinks.site, sharedEvents.site))
    .where(eq(sharedEvents.eventId, eventId));
  if (known?.site === site) return { ok: true };
  if (known?.state === 'active') return { ok: false, code: 'shared_already' };
  await tx
    .update(sharedEvents)
    .set({
      site,
      since: now,
      recordedAt: null,
      toldSales: 0,
      toldScans: 0,
      xid: sql`pg_current_xact_id()`,
    })
    .where(eq(sharedEvents.eventId, eventId));
  return { ok: true };
}

/** Orders, passes and batches of scans that are written into the journal in one transaction. */
const historyStep = 2_000;

/**
 * Writes what an event had before it was shared into its journal, once. Nothing is missed:
 *  1. A transaction that began to write before the event was shared may not know of it. So we wait until none of those is left.
 *  2. One that began later has its number before it looks whether the event is shared, and writes its own facts.
 *  3. What both tell of, in between, is taken once by whoever reads it: rows have ids. A change of what was not told of yet is left out
 *     there, since the fact that tells of it comes later, and has it.
 * @returns false while it must still be waited: call it again.
 */
export async function recordHistory(db: Db, eventId: bigint): Promise<boolean> {
  if (!(await isKnownToAll(db, eventId))) return false;
  const ofEvent = sql`event_id = ${eventId}`;
  const wasPaid = sql`paid_at is not null and state in ('paid', 'refunded')`;
  await recordAll(db, 'order', sql`select id from orders where ${ofEvent} and ${wasPaid}`);
  await recordAll(
    db,
    'credential',
    sql`select id from passes where ${ofEvent} and kind = 'credential'`,
  );
  await recordAll(
    db,
    'pass_change',
    sql`select distinct pass_id as id from pass_changes c join passes p on p.id = c.pass_id where p.${ofEvent}`,
  );
  await recordAll(db, 'refund', sql`select id from orders where ${ofEvent}`);
  await recordAll(db, 'device', sql`select id from devices where ${ofEvent}`);
  await recordAll(db, 'act', sql`select id from audit_log where ${ofEvent}`);
  await recordScans(db, eventId);
  await db
    .update(sharedEvents)
    .set({ recordedAt: new Date() })
    .where(and(eq(sharedEvents.eventId, eventId), isNull(sharedEvents.recordedAt)));
  return true;
}

/** Whether every transaction that runs began after the event was shared. */
async function isKnownToAll(db: Db, eventId: bigint): Promise<boolean> {
  const [row] = await db.execute<{ known: boolean }>(sql`
    select pg_snapshot_xmin(pg_current_snapshot()) > xid as known from ${sharedEvents} where event_id = ${eventId}`);
  return row?.known ?? false;
}

/** Writes a fact for each of these ids, in steps, so that no transaction is long. */
async function recordAll(db: Db, kind: Parameters<typeof record>[1], ids: SQL): Promise<void> {
  let after = 0n;
  for (;;) {
    const rows = await db.execute<{ id: string }>(
      sql`select id from (${ids}) as found where id > ${after} order by id limit ${historyStep}`,
    );
    const found = rows.map(({ id }) => BigInt(id));
    const last = found.at(-1);
    if (last === undefined) return;
    await record(db, kind, found);
    after = last;
  }
}

/** A fact for each batch of scans, which has one instant. */
async function recordScans(db: Db, eventId: bigint): Promise<void> {
  await db.execute(sql`
    insert into journal (event_id, stream, kind, at)
    select distinct ${eventId}::bigint, 'scans', 'scans', s.at from scans s
    where s.event_id = ${eventId}
      and not exists (select from journal j where j.event_id = s.event_id and j.stream = 'scans' and j.at = s.at)
    order by s.at`);
}

import {
  type Authority,
  type AuthorityRefusal,
  handOver as decideHandOver,
  laterAuthority,
  mayJudge,
  type Site,
  takeOver as decideTakeOver,
} from '@catraca/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { Db, DbOrTx, Tx } from '../client.ts';
import { type Actor, writeAudit } from '../commands/audit/write-audit.ts';
import { notify } from '../commands/notify.ts';
import { transact } from '../commands/transact.ts';
import { getLocalSite } from '../local-site.ts';
import { mayThisSiteWork } from './licence.ts';
import { record } from './record-facts.ts';
import { eventAuthority, journalCursors, sharedEvents, sites } from '../schema/index.ts';

export type MoveAuthorityResult =
  | { ok: true; authority: Authority }
  /** `not_shared`: the event has one site only. */
  | { ok: false; code: 'not_shared' | AuthorityRefusal['refused'] };

/** Gives the judging of an event to its other site, which begins once it has taken all scans of this one. */
export async function handOverAuthority(
  db: Db,
  eventId: bigint,
  userId: string | null,
  now: Date,
  by: Actor | null = null,
): Promise<MoveAuthorityResult> {
  const act = { action: 'site.handOver', userId, by };
  return move(db, eventId, act, now, async (tx, { current, local, other }) => {
    const own = { site: local.no, scansNo: await countScanFacts(tx, eventId) };
    const taken = await readScansTaken(tx, eventId);
    const others = [...taken].flatMap(([site, scansNo]) =>
      site === other.no ? [] : [{ site, scansNo }],
    );
    return decideHandOver(current, local, other, [own, ...others]);
  });
}

/** Takes the judging of an event from its other site without asking it. What can go wrong: it may admit the same people until it hears of it. */
export async function takeOverAuthority(
  db: Db,
  eventId: bigint,
  userId: string | null,
  now: Date,
  by: Actor | null = null,
): Promise<MoveAuthorityResult> {
  const act = { action: 'site.takeOver', userId, by };
  return move(db, eventId, act, now, async (tx, { current, local }) => {
    const taken = await readScansTaken(tx, eventId);
    return decideTakeOver(current, local, (site) => taken.get(site) ?? 0);
  });
}

interface Situation {
  current: Authority;
  local: Site;
  other: Site;
}

async function move(
  db: Db,
  eventId: bigint,
  { action, userId, by }: { action: string; userId: string | null; by: Actor | null },
  now: Date,
  decide: (tx: Tx, situation: Situation) => Promise<Authority | AuthorityRefusal>,
): Promise<MoveAuthorityResult> {
  return transact<MoveAuthorityResult>(db, async (tx) => {
    await lockAuthority(tx, eventId);
    const situation = await readSituation(tx, eventId);
    if (!situation) return { ok: false, code: 'not_shared' };
    const authority = await decide(tx, situation);
    if ('refused' in authority) return { ok: false, code: authority.refused };
    await writeAuthority(tx, eventId, authority, userId, now);
    if (by) {
      const { epoch, site } = situation.current;
      const after = { epoch: authority.epoch, site: authority.site };
      const subject = { eventId, subjectKind: 'event', subjectId: eventId };
      await writeAudit(tx, by, { action, ...subject, before: { epoch, site }, after });
    }
    await record(tx, 'authority', [eventId]);
    return { ok: true, authority };
  });
}

/** Gates hold the same lock, shared, while they write (`record_scans`): once it is had, what they wrote is committed, and no more comes. */
export async function lockAuthority(tx: Tx, eventId: bigint): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${eventId})`);
}

async function readSituation(tx: Tx, eventId: bigint): Promise<Situation | undefined> {
  const current = await findAuthority(tx, eventId);
  const local = await getLocalSite(tx);
  const [other] = await tx.execute<{ number: number; kind: Site['kind'] }>(sql`
    select o.number, o.kind from ${sharedEvents} s join ${sites} o on not o.is_local and (o.number = s.site or o.kind = 'cloud')
    where s.event_id = ${eventId}`);
  if (!current || !other) return undefined;
  return {
    current,
    local: { no: local.number, kind: local.kind },
    other: { no: other.number, kind: other.kind },
  };
}

/** Undefined for an event that only this site has. */
export async function findAuthority(db: DbOrTx, eventId: bigint): Promise<Authority | undefined> {
  const [row] = await db.select().from(eventAuthority).where(eq(eventAuthority.eventId, eventId));
  return row && authorityOf(row);
}

function authorityOf({ epoch, site, awaits }: typeof eventAuthority.$inferSelect): Authority {
  return { epoch, site, awaits };
}

export async function writeAuthority(
  tx: Tx,
  eventId: bigint,
  { epoch, site, awaits }: Authority,
  userId: string | null,
  now: Date,
): Promise<void> {
  const row = {
    ...{ epoch, site, userId, since: now },
    awaits: awaits === null ? null : [...awaits],
  };
  await tx
    .insert(eventAuthority)
    .values({ eventId, ...row })
    .onConflictDoUpdate({ target: eventAuthority.eventId, set: row });
  await notify(tx, { kind: 'config', eventId: String(eventId) });
}

/** So many facts this site's scans of the event will have: under the lock nothing is being written, so all get the numbers up to it. */
async function countScanFacts(tx: Tx, eventId: bigint): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from journal where event_id = ${eventId} and stream = 'scans'`);
  return row?.n ?? 0;
}

/** How far the scans of other sites were taken, by site. */
async function readScansTaken(db: DbOrTx, eventId: bigint): Promise<Map<number, number>> {
  const rows = await db
    .select({ site: journalCursors.site, no: journalCursors.no })
    .from(journalCursors)
    .where(and(eq(journalCursors.eventId, eventId), eq(journalCursors.stream, 'scans')));
  return new Map(rows.map(({ site, no }) => [site, no]));
}

export interface Judging {
  /** Whether it is this site, now. */
  readonly here: boolean;
  readonly epoch: number;
  /** Name of the site that judges; null for an event that only this site has. */
  readonly siteName: string | null;
}

export async function readJudging(db: DbOrTx, eventId: bigint): Promise<Judging> {
  const authority = await findAuthority(db, eventId);
  if (!authority) return { here: true, epoch: 0, siteName: null };
  const [site] = await db.select().from(sites).where(eq(sites.number, authority.site));
  const taken = await readScansTaken(db, eventId);
  const here =
    site?.isLocal === true &&
    mayJudge(authority, site.number, (other) => taken.get(other) ?? 0) &&
    (await mayThisSiteWork(db));
  return { here, epoch: authority.epoch, siteName: site?.name ?? null };
}

/** The one that counts, of what was known here and what the other site says. @returns whether that is another one than before. */
export async function takeLaterAuthority(
  tx: Tx,
  eventId: bigint,
  there: Authority,
  since: Date,
): Promise<boolean> {
  await lockAuthority(tx, eventId);
  const here = await findAuthority(tx, eventId);
  const later = here ? laterAuthority(here, there) : there;
  if (later === here) return false;
  await writeAuthority(tx, eventId, later, null, since);
  return true;
}

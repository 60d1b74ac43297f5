import { eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { eventAuthority, sharedEvents, sites, users } from '../schema/index.ts';
import { readJudging } from './authority.ts';

export interface Holder {
  site: { number: number; name: string; kind: 'cloud' | 'venue'; isHere: boolean };
  epoch: number;
  since: Date;
  /** Without the other site's consent. */
  taken: boolean;
  /** Who moved it here; null for the first holder, at the console, and where it was moved at the other site. */
  userName: string | null;
  /** Whether the other site has taken what this one said of it last; true when it was moved there. */
  heard: boolean;
  /** Facts of scans that the holder must have before it judges, as far as this site knows; 0 when it judges. */
  awaits: number;
}

/** Who judges an event's scans. Undefined where the event has one site only. */
export async function readHolder(db: DbOrTx, eventId: bigint): Promise<Holder | undefined> {
  const [row] = await db
    .select({ authority: eventAuthority, site: sites, shared: sharedEvents, userName: users.name })
    .from(eventAuthority)
    .innerJoin(sharedEvents, eq(sharedEvents.eventId, eventAuthority.eventId))
    .innerJoin(sites, eq(sites.number, eventAuthority.site))
    .leftJoin(users, eq(users.id, eventAuthority.userId))
    .where(eq(eventAuthority.eventId, eventId));
  if (!row) return undefined;
  const { epoch, since, awaits } = row.authority;
  const { number, name, kind, isLocal } = row.site;
  return {
    site: { number, name, kind, isHere: isLocal },
    ...{ epoch, since, userName: row.userName },
    // The first authority is the cloud's, of epoch 0; it too awaits nothing.
    taken: awaits === null && epoch > 0,
    heard: await isHeard(db, eventId, row.shared.toldSales),
    awaits: isLocal
      ? await missingHere(db, eventId, awaits ?? [])
      : missingThere(awaits ?? [], row.shared.toldScans),
  };
}

async function isHeard(db: DbOrTx, eventId: bigint, told: number): Promise<boolean> {
  const waiting = await db.execute(sql`
    select from journal where event_id = ${eventId} and stream = 'sales' and kind = 'authority'
      and (no is null or no > ${told}) limit 1`);
  return waiting.length === 0;
}

/** What the other site has not taken of this one's scans. */
function missingThere(awaits: readonly { scansNo: number }[], told: number): number {
  return awaits.reduce((missing, { scansNo }) => missing + Math.max(0, scansNo - told), 0);
}

async function missingHere(
  db: DbOrTx,
  eventId: bigint,
  awaits: readonly { site: number; scansNo: number }[],
): Promise<number> {
  if ((await readJudging(db, eventId)).here) return 0;
  const taken = await db.execute<{ site: number; no: number }>(sql`
    select site, no from journal_cursors where event_id = ${eventId} and stream = 'scans'`);
  const takenOf = (site: number) => taken.find((cursor) => cursor.site === site)?.no ?? 0;
  return awaits.reduce((missing, { site, scansNo }) => {
    return missing + Math.max(0, scansNo - takenOf(site));
  }, 0);
}

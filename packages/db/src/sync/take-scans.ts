import { epochOf } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { notify } from '../commands/notify.ts';
import { scans } from '../schema/index.ts';
import { findAuthority, lockAuthority, takeLaterAuthority } from './authority.ts';
import { hasRow, isNotIn, isNotOf } from './check-rows.ts';
import { reportAdmissionsThere } from './report-admissions.ts';
import { reportDoubleEntries } from './report-double-entries.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/**
 * Scans that the other site judged, those that this one judged too included (SPEC Y-26). The people in the areas move with them, where
 * they are a pass's last crossing (Y-25): whatever a gate here writes at the same time is either seen, or has not been decided yet.
 */
export async function takeScans(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const foreign = sql`${isNotIn(eventId)} or ${isNotOf(author, sql`r.site`)}`;
  if (await hasRow(tx, bodies, scans, foreign)) return 'a scan is not of this site and event';
  const written = await tx.execute<{ scan_id: string }>(sql`
    insert into scans select distinct on (r.scan_id, r.site) r.* from ${rowsIn(bodies, scans)}
    where not exists (select from scans known where known.scan_id = r.scan_id and known.site = r.site)
    on conflict (scan_id, site) do nothing returning scan_id`);
  if (written.length === 0) return undefined;
  const scanIds = written.map(({ scan_id }) => scan_id);
  await waitForGates(tx, eventId);
  await movePeople(tx, author, scanIds);
  await followLaterEpoch(tx, { eventId, author }, scanIds);
  await reportAdmissionsThere(tx, eventId, scanIds);
  await reportDoubleEntries(tx, eventId, scanIds);
  await notify(tx, { kind: 'scans', eventId: String(eventId) });
  return undefined;
}

/** Who wrote a crossing of a later epoch judges since then, whether or not the fact of it has come yet. */
async function followLaterEpoch(
  tx: Tx,
  { eventId, author }: Pick<Source, 'eventId' | 'author'>,
  scanIds: readonly string[],
): Promise<void> {
  const [row] = await tx.execute<{ no: number | null }>(sql`
    select max(crossing_no) as no from scans
    where event_id = ${eventId} and scan_id = any(${`{${scanIds.join(',')}}`}::uuid[])`);
  const epoch = epochOf(row?.no ?? 0);
  const known = await findAuthority(tx, eventId);
  if (known === undefined || epoch <= known.epoch) return;
  await takeLaterAuthority(tx, eventId, { epoch, site: author, awaits: null }, new Date());
}

/**
 * Until the end of this transaction no gate writes a scan of the event. The locks are taken in the order in which a gate takes them: what
 * it counts, then the right to judge. One that read its passes before is told so as it writes (`record_scans()`, see the migrations).
 */
async function waitForGates(tx: Tx, eventId: bigint): Promise<void> {
  await tx.execute(sql`
    select from area_counters where area_id in (select id from areas where event_id = ${eventId}) order by area_id for no key update`);
  await lockAuthority(tx, eventId);
}

/**
 * Moves each pass that crossed by one of these scans of the author from where its last crossing was to where it is now: nowhere, if one of a
 * higher number is known already.
 */
async function movePeople(tx: Tx, author: number, scanIds: readonly string[]): Promise<void> {
  const ids = sql`${`{${scanIds.join(',')}}`}::uuid[]`;
  await tx.execute(sql`
    with after as (
      select distinct on (pass_id) pass_id, crossing_no, to_area from scans
      where scan_id = any(${ids}) and site = ${author} and crossing_no is not null
      order by pass_id, crossing_no desc
    ), moved as (
      -- A pass comes before its scans: whether it is staff's is known.
      select before.to_area as from_area, after.to_area, coalesce((p.kind = 'credential')::int, 0) as staff
      from after left join passes p on p.id = after.pass_id left join lateral (
        select s.crossing_no, s.to_area from scans s where s.pass_id = after.pass_id and s.crossing_no is not null
          and not (s.site = ${author} and s.scan_id = any(${ids}))
        order by s.crossing_no desc limit 1
      ) as before on true
      where before.crossing_no is null or before.crossing_no < after.crossing_no
    )
    update area_counters c set people = c.people + d.change, staff = c.staff + d.staff
    from (
      select area, sum(change)::int as change, sum(change * staff)::int as staff from (
        select from_area as area, -1 as change, staff from moved union all select to_area, 1, staff from moved
      ) as moves group by area
    ) as d
    where c.area_id = d.area`);
}

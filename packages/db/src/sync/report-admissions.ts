import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { notify } from '../commands/notify.ts';
import { passChanges } from '../schema/index.ts';
import { type Bodies, rowsIn } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/*
 * Entries of a pass that had ended at the other site, which their judge could not know (SPEC Y-54). Each side finds the same ones:
 * the judge when it learns of the ending, the other when it learns of the entry; and a conflict is there once.
 */

/** At the site that judged: its entries which the site that ended these passes had not heard of then. */
export async function reportAdmissionsHere(
  tx: Tx,
  { eventId, author }: Pick<Source, 'eventId' | 'author'>,
  bodies: Bodies,
): Promise<void> {
  await insertConflicts(
    tx,
    sql`select s.event_id, s.pass_id, r.kind, s.scan_id
      from ${rowsIn(bodies, passChanges)}
      join scans s on s.pass_id = r.pass_id and s.verdict = 'admitted' and s.event_id = ${eventId}
        and s.site = (select number from sites where is_local)
      left join journal j on j.event_id = s.event_id and j.stream = 'scans' and j.at = s.at and j.no is not null
      where r.kind in ('revoked', 'refunded') and r.id >> 48 = ${author}
        and (j.no is null or j.no > (b.body->>'scans_taken')::int)`,
  );
}

/** At the site that ended passes: entries of the other one, which come only now. `scanIds`: UUIDs of its scans. */
export async function reportAdmissionsThere(
  tx: Tx,
  eventId: bigint,
  scanIds: readonly string[],
): Promise<void> {
  await insertConflicts(
    tx,
    sql`select s.event_id, s.pass_id, c.kind, s.scan_id
      from scans s join pass_changes c on c.pass_id = s.pass_id and c.kind in ('revoked', 'refunded')
        and c.id >> 48 = (select number from sites where is_local)
      where s.event_id = ${eventId} and s.site <> (select number from sites where is_local) and s.scan_id = any(${`{${scanIds.join(',')}}`}::uuid[]) and s.verdict = 'admitted'`,
  );
}

async function insertConflicts(tx: Tx, found: SQL): Promise<void> {
  const fresh = await tx.execute<{ event_id: string }>(sql`
    insert into conflicts (event_id, pass_id, kind, scan_id)
    select distinct event_id, pass_id, case ended when 'revoked' then 'admitted_after_revocation' else 'admitted_after_refund' end, scan_id
    from (${found}) as found(event_id, pass_id, ended, scan_id)
    on conflict (scan_id, kind) do nothing returning event_id`);
  const [first] = fresh;
  if (first) await notify(tx, { kind: 'conflicts', eventId: first.event_id });
}

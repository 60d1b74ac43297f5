import type { Sql } from './open-sql.ts';
import { oddPlaces, passIdBase } from '../passes/pass.ts';
import { Permutation } from '../passes/permutation.ts';

/**
 * Empties the log of scans, and lets the good ones of the first `used` passes of the walk come in, in its order:
 * the log and its keys lie as a day at the gates would have left them. For the benchmark's own database only.
 */
export async function fillLog(sql: Sql, passes: number, used: number): Promise<void> {
  // Scans are facts, and a trigger says so: a session that replays a log does not fire it.
  await sql`set session_replication_role = replica`;
  await sql`truncate scans`;
  await insertCrossings(sql, passes, used);
  await sql`set session_replication_role = origin`;
  await sql`update area_counters set people = 0`;
  await sql`
    update area_counters c set people = crossed.people
    from (select to_area, count(*) as people from scans group by to_area) crossed
    where c.area_id = crossed.to_area`;
  await sql`vacuum (freeze, analyze) scans, area_counters`;
  await sql`checkpoint`;
}

async function insertCrossings(sql: Sql, passes: number, used: number): Promise<void> {
  const { revoked, blocked, early } = oddPlaces;
  await sql`
    insert into scans (at, scanned_at, pass_id, scan_id, event_id, device_id, checkpoint_id, crossing_no, seen_no,
      from_area, to_area, entries, day, day_entries, site, direction, verdict)
    select walk.at, walk.at, ${passIdBase}::bigint + walk.pass, uuidv7(), e.id, d.id, p.id, 1, 0,
      p.from_area_id, p.to_area_id, 1, 1, 1, 1, 'entry', 'admitted'
    from events e, (select min(id) as id from devices) d,
      (select id, from_area_id, to_area_id from checkpoints where no = 1) p,
      (
        select rank * ${new Permutation(passes).stride}::bigint % ${passes}::bigint as pass,
          now() - interval '1 hour' * (1 - rank / ${used}::float8) as at
        from generate_series(0, ${used - 1}::bigint) rank
      ) walk
    where walk.pass % 100 not in (${revoked}, ${blocked}, ${early})`;
}

import { tokenMinuteOf } from '@catraca/domain';
import { sealPersonal } from '@catraca/db';
import { barcodeStride, oddPlaces, passIdBase, signedTypes } from '../passes/pass.ts';
import type { Sql } from './open-sql.ts';

/** Holders have ids of their own, as far from the passes' as those from the event's. */
const holderIdBase = passIdBase + (1n << 32n);

/**
 * Loads `count` passes of the event, each with a holder, a QR code and a barcode, as `passes/pass.ts` computes them.
 * One statement for each table: foreign keys are not checked, since each row is made from the same number, and indexes are
 * made at the end. Of names there are a few, and the index by which they are found is left out for good: no scan touches it, and it
 * takes longer than all the rest.
 */
export async function loadPasses(
  sql: Sql,
  count: number,
  log: (line: string) => void,
): Promise<void> {
  await sql`set session_replication_role = replica`;
  await sql`set maintenance_work_mem = '1GB'`;
  await sql`drop index persons_search`;
  const indexes = await dropIndexes(sql, ['persons', 'passes', 'media']);
  await insertHolders(sql, count);
  log('holders');
  await insertPasses(sql, count);
  log('passes');
  await insertMedia(sql, count);
  log('codes');
  for (const definition of indexes) await sql.unsafe(definition);
  await sql`set session_replication_role = origin`;
  log('indexes');
  // Unfrozen pages would be written anew after they are first read: 8 kB of log a scan.
  await sql`vacuum (freeze, analyze)`;
  await sql`checkpoint`;
  log('vacuum');
}

/** All but those that keep a constraint. @returns what makes them again. */
async function dropIndexes(sql: Sql, tables: string[]): Promise<string[]> {
  const rows = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    where i.indrelid::regclass::text = any(${tables})
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
  for (const { name } of rows) await sql`drop index ${sql(name)}`;
  return rows.map(({ definition }) => definition);
}

/** A scan opens a name as if it were the only one. */
const namesCount = 1_000;

async function insertHolders(sql: Sql, count: number): Promise<void> {
  const names = Array.from({ length: namesCount }, (_, n) =>
    Buffer.from(sealPersonal(Buffer.from(`Holder ${n}`))).toString('hex'),
  );
  await sql`
    insert into persons (id, event_id, name, search_index)
    select ${holderIdBase}::bigint + n, e.id, decode((${`{${names.join(',')}}`}::text[])[1 + n % ${namesCount}], 'hex'), '{}'
    from events e, generate_series(0, ${count - 1}::bigint) n`;
}

/** `public_id` grows with the pass, so that its index is written from left to right; no scan reads it. */
async function insertPasses(sql: Sql, count: number): Promise<void> {
  const { revoked, blocked, early } = oddPlaces;
  await sql`
    insert into passes (id, public_id, event_id, type_id, status, kind, holder_id)
    select ${passIdBase}::bigint + n, uuidv7(), e.id, case n % 100 when ${early} then t.early else t.day end,
      case n % 100 when ${revoked} then 'revoked' when ${blocked} then 'blocked' else 'valid' end,
      'credential', ${holderIdBase}::bigint + n
    from events e,
      (select min(id) filter (where no = ${signedTypes.day.typeNo}) as day,
        min(id) filter (where no = ${signedTypes.early.typeNo}) as early from pass_types) t,
      generate_series(0, ${count - 1}::bigint) n`;
}

/** The barcode's last two digits make the number, divided by 97, leave 1 (ISO 7064 MOD 97-10). */
async function insertMedia(sql: Sql, count: number): Promise<void> {
  const { day, early } = signedTypes;
  const isEarly = sql`n % 100 = ${oddPlaces.early}`;
  const issuedAt = tokenMinuteOf(Date.now());
  await sql`
    insert into media (pass_id, no, kind, issued_at, key_id, signature, policy_kind, area_mask, day_mask, code)
    select ${passIdBase}::bigint + n, m.*
    from (select key_id from signing_keys) k,
      generate_series(0, ${count - 1}::bigint) n,
      lateral (select n * ${barcodeStride}::bigint % 100000000000000 as payload) b,
      lateral (values
        (1, 'qr', ${issuedAt}::int, k.key_id, sha512(int8send(${passIdBase}::bigint + n)), 'once',
          case when ${isEarly} then ${early.areas}::int else ${day.areas}::int end, ${day.days}::int, null),
        (2, 'barcode', ${issuedAt}::int, null, null, null, null, null,
          lpad(b.payload::text, 14, '0') || lpad((98 - b.payload % 97 * 100 % 97)::text, 2, '0'))
      ) m`;
}

import { sql, type SQL } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';

/** What must be the same on both sites of an event: each question gives rows of JSON. What only one site knows is left out. */
function questions(eventId: bigint): Record<string, SQL> {
  const ofOrder = sql`order_id in (select id from orders where event_id = ${eventId} and paid_at is not null)`;
  return {
    event: sql`select to_jsonb(e) as row from events e where id = ${eventId}`,
    areas: sql`select to_jsonb(a) || (select jsonb_build_object('people', c.people, 'staff', c.staff) from area_counters c where c.area_id = a.id) as row
      from areas a where event_id = ${eventId}`,
    checkpoints: sql`select to_jsonb(c) as row from checkpoints c where event_id = ${eventId}`,
    types: sql`select to_jsonb(t) as row from pass_types t where event_id = ${eventId}`,
    entitlements: sql`select to_jsonb(w) as row from entitlements w join pass_types t on t.id = w.type_id where t.event_id = ${eventId}`,
    // Each site seals for itself; equal names have equal grams.
    persons: sql`select to_jsonb(p) - 'name' - 'email' as row from persons p where p.event_id = ${eventId}
      and (id in (select holder_id from passes) or id in (select buyer_id from orders where paid_at is not null))`,
    orders: sql`select to_jsonb(o) - 'hold_id' - 'buyer_key' as row from orders o where event_id = ${eventId} and paid_at is not null`,
    lines: sql`select to_jsonb(l) as row from order_lines l where ${ofOrder}`,
    payments: sql`select to_jsonb(p) - 'card_key' as row from payments p where ${ofOrder}`,
    refunds: sql`select to_jsonb(r) - 'attempts' - 'next_attempt_at' as row from refunds r
      where payment_id in (select id from payments where ${ofOrder})`,
    passes: sql`select to_jsonb(p) as row from passes p where event_id = ${eventId}`,
    photos: sql`select to_jsonb(f) as row from photos f where f.id in (select photo_id from persons where event_id = ${eventId})`,
    // Of a person who was erased each site has sealed nothing by itself, which looks different each time.
    applications: sql`select to_jsonb(a) - 'decided_by' - (case when cardinality(a.search_index) = 0 then '{name,answers,version}' else '{}' end)::text[] as row
      from applications a where a.event_id = ${eventId} and a.pass_id is not null`,
    badges: sql`select to_jsonb(b) as row from badge_designs b where b.event_id = ${eventId}`,
    media: sql`select to_jsonb(m) - 'died_at' as row from media m join passes p on p.id = m.pass_id where p.event_id = ${eventId}`,
    changes: sql`select to_jsonb(c) as row from pass_changes c join passes p on p.id = c.pass_id where p.event_id = ${eventId}`,
    seats: sql`select to_jsonb(s) as row from seats s where event_id = ${eventId}`,
    claims: sql`select jsonb_build_array(c.seat_id, c.order_line_id) as row from seat_claims c join seats s on s.id = c.seat_id
      where s.event_id = ${eventId} and c.order_line_id is not null`,
    stock: sql`select to_jsonb(s) - 'held' as row from stock s join pass_types t on t.id = s.type_id where t.event_id = ${eventId}`,
    moves: sql`select to_jsonb(m) - 'arrived_at' as row from unit_moves m join pass_types t on t.id = m.type_id where t.event_id = ${eventId}`,
    scans: sql`select to_jsonb(s) as row from scans s where event_id = ${eventId}`,
    conflicts: sql`select to_jsonb(c) - 'id' - 'found_at' as row from conflicts c where event_id = ${eventId}`,
    authority: sql`select jsonb_build_array(a.site, a.epoch) as row from event_authority a where event_id = ${eventId}`,
    acts: sql`select to_jsonb(l) - 'id' as row from audit_log l where event_id = ${eventId}`,
    devices: sql`select to_jsonb(d) - 'last_seen_at' as row from devices d where event_id = ${eventId}`,
  };
}

/** Compares what both sites of an event should have in common. @returns in words where they differ, nothing when they agree. */
export async function compareSites(a: DbOrTx, b: DbOrTx, eventId: bigint): Promise<string[]> {
  const differences: string[] = [];
  for (const [what, question] of Object.entries(questions(eventId))) {
    const [rowsOfA, rowsOfB] = await Promise.all([rowsOf(a, question), rowsOf(b, question)]);
    const [ofA, ofB] = [new Set(rowsOfA), new Set(rowsOfB)];
    const onlyA = rowsOfA.filter((row) => !ofB.has(row));
    const onlyB = rowsOfB.filter((row) => !ofA.has(row));
    if (onlyA.length + onlyB.length === 0 && rowsOfA.length === rowsOfB.length) continue;
    differences.push(
      `${what}: ${rowsOfA.length} and ${rowsOfB.length} rows, such as ${onlyA[0] ?? '-'} and ${onlyB[0] ?? '-'}`,
    );
  }
  return differences;
}

async function rowsOf(db: DbOrTx, question: SQL): Promise<string[]> {
  const rows = await db.execute<{ row: string }>(
    sql`select row::text as row from (${question}) as q order by 1`,
  );
  return rows.map(({ row }) => row);
}

/** Units of each type: what both sites may sell together is never more than there is. @returns in words what is too much. */
export async function checkAllotments(
  a: DbOrTx,
  b: DbOrTx,
  capacities: ReadonlyMap<bigint, number>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [typeId, capacity] of capacities) {
    const own = sql`select quantity from stock where type_id = ${typeId} and site = (select number from sites where is_local)`;
    const [[ofA], [ofB]] = await Promise.all([
      a.execute<{ quantity: number }>(own),
      b.execute<{ quantity: number }>(own),
    ]);
    const both = (ofA?.quantity ?? 0) + (ofB?.quantity ?? 0);
    if (both > capacity) faults.push(`type ${typeId}: ${both} may be sold of ${capacity}`);
  }
  return faults;
}

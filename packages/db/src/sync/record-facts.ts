import { type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { idArray } from '../rows.ts';
import { sharedEvents } from '../schema/index.ts';

/**
 * What facts of a kind tell: a body made of each row of a table, which is named by a letter. Rows of `personalTables` stand in it by their ids
 * alone: facts are for ever, and what is known of a person is not.
 */
interface FactKind {
  /** `orders o` */
  rows: SQL;
  id: SQL;
  eventId: SQL;
  body: SQL;
  /** Rows that have something to tell; all, where it is missing. */
  where?: SQL;
}

/** What counts for the limits of one site, or is a hold of it, stays there. */
const orderRow = sql`jsonb_build_array(to_jsonb(o) || '{"hold_id": null, "buyer_key": null}')`;

/** Everything of a paid order: who bought, what, for how much, and the passes. */
const orderBody = sql`jsonb_build_object(
  'orders', ${orderRow},
  'order_lines', (select jsonb_agg(to_jsonb(l) || '{"voucher_id": null}') from order_lines l where l.order_id = o.id),
  'order_holders', (select jsonb_agg(to_jsonb(h)) from order_holders h join order_lines l on l.id = h.order_line_id
    where l.order_id = o.id),
  'persons', (select jsonb_agg(jsonb_build_object('id', named.id)) from (
      select o.buyer_id as id union select h.person_id from order_holders h join order_lines l on l.id = h.order_line_id
      where l.order_id = o.id
    ) as named),
  'payments', (select jsonb_agg(to_jsonb(p) || '{"card_key": null}') from payments p where p.order_id = o.id),
  'passes', (select jsonb_agg(to_jsonb(p)) from passes p join order_lines l on l.id = p.order_line_id where l.order_id = o.id),
  'media', (select jsonb_agg(to_jsonb(m)) from media m join passes p on p.id = m.pass_id
    join order_lines l on l.id = p.order_line_id where l.order_id = o.id))`;

/** The order, its lines and its refunds as they are since then. Its passes are told as changed passes. */
const refundBody = sql`jsonb_build_object(
  'orders', ${orderRow},
  'order_lines', (select jsonb_agg(to_jsonb(l)) from order_lines l where l.order_id = o.id),
  'refunds', (select jsonb_agg(to_jsonb(r)) from refunds r join payments p on p.id = r.payment_id where p.order_id = o.id))`;

const passRows = sql`
  'passes', jsonb_build_array(to_jsonb(p)),
  'persons', jsonb_build_array(jsonb_build_object('id', p.holder_id)),
  'media', (select jsonb_agg(to_jsonb(m)) from media m where m.pass_id = p.id)`;

/** What was done to a pass after it was issued, and what it is since then. */
const passChangeBody = sql`jsonb_build_object(${passRows},
  'pass_changes', (select jsonb_agg(to_jsonb(c)) from pass_changes c where c.pass_id = p.id),
  -- What this site knew of the scans of the other: entries after it, it could not know when it ended the pass.
  'scans_taken', coalesce((select max(no) from journal_cursors t where t.event_id = p.event_id and t.stream = 'scans'), 0))`;

const ofPass = sql`in (select a.id from applications a where a.pass_id = p.id)`;

/** Everything of a credential: whose it is, with the picture that the desk checks, and who asked for it. */
const credentialBody = sql`jsonb_build_object(${passRows},
  'photos', (select jsonb_agg(jsonb_build_object('id', named.photo_id)) from (
      select photo_id from persons where id = p.holder_id union select photo_id from applications where id ${ofPass}
    ) as named where named.photo_id is not null),
  'delegations', (select jsonb_agg(distinct jsonb_build_object('id', a.delegation_id)) from applications a
    where a.id ${ofPass} and a.delegation_id is not null),
  'applications', (select jsonb_agg(jsonb_build_object('id', a.id)) from applications a where a.id ${ofPass}))`;

const ofType = sql`in (select id from pass_types t where t.event_id = e.id)`;

/** All that an organizer sets up: a new version of the whole. Of the stock it tells what this site may sell. */
const eventBody = sql`jsonb_build_object(
  'sites', (select jsonb_agg(to_jsonb(s) || '{"is_local": false}') from sites s),
  'organizations', (select jsonb_agg(to_jsonb(o)) from organizations o where o.id = e.organization_id),
  'events', jsonb_build_array(to_jsonb(e)),
  'event_days', (select jsonb_agg(to_jsonb(d)) from event_days d where d.event_id = e.id),
  'areas', (select jsonb_agg(to_jsonb(a)) from areas a where a.event_id = e.id),
  'checkpoints', (select jsonb_agg(to_jsonb(c)) from checkpoints c where c.event_id = e.id),
  'venue_plans', (select jsonb_agg(to_jsonb(p)) from venue_plans p where p.event_id = e.id),
  'pass_types', (select jsonb_agg(to_jsonb(t)) from pass_types t where t.event_id = e.id),
  'entitlements', (select jsonb_agg(to_jsonb(w)) from entitlements w where w.type_id ${ofType}),
  'seats', (select jsonb_agg(to_jsonb(s)) from seats s where s.event_id = e.id),
  'seat_maps', (select jsonb_agg(to_jsonb(m)) from seat_maps m where m.event_id = e.id),
  'application_forms', (select jsonb_agg(to_jsonb(f)) from application_forms f where f.type_id ${ofType}),
  'badge_designs', (select jsonb_agg(to_jsonb(b)) from badge_designs b where b.event_id = e.id),
  'stock', (select jsonb_agg(to_jsonb(s) || '{"held": 0, "sold": 0}') from stock s
    where s.type_id ${ofType} and s.site = (select number from sites where is_local)))`;

const fromOrders = { rows: sql`orders o`, id: sql`o.id`, eventId: sql`o.event_id` };
const fromPasses = { rows: sql`passes p`, id: sql`p.id`, eventId: sql`p.event_id` };

const kinds = {
  event: { rows: sql`events e`, id: sql`e.id`, eventId: sql`e.id`, body: eventBody },
  order: { ...fromOrders, body: orderBody },
  refund: { ...fromOrders, body: refundBody, where: sql`o.state in ('paid','refunded')` },
  /** An order of the other site, whose money should go back: only who took it gives it back. */
  refund_ask: {
    ...fromOrders,
    body: sql`jsonb_build_object('orders', jsonb_build_array(jsonb_build_object('id', o.id)))`,
  },
  credential: { ...fromPasses, body: credentialBody },
  pass_change: { ...fromPasses, body: passChangeBody },
  /** Of erased people. */
  person: {
    ...{ rows: sql`persons h`, id: sql`h.id`, eventId: sql`h.event_id` },
    body: sql`jsonb_build_object('persons', jsonb_build_array(jsonb_build_object('id', h.id)))`,
  },
  device: {
    ...{ rows: sql`devices d`, id: sql`d.id`, eventId: sql`d.event_id` },
    body: sql`jsonb_build_object('devices', jsonb_build_array(to_jsonb(d)))`,
  },
  conflict: {
    ...{ rows: sql`conflicts c`, id: sql`c.id`, eventId: sql`c.event_id` },
    body: sql`jsonb_build_object('conflicts', jsonb_build_array(to_jsonb(c)))`,
  },
  /** What was done, by whom: for the audit log of the other site. */
  act: {
    ...{ rows: sql`audit_log l`, id: sql`l.id`, eventId: sql`l.event_id` },
    body: sql`jsonb_build_object('audit_log', jsonb_build_array(to_jsonb(l)))`,
  },
  /** By the event's id. */
  authority: {
    ...{ rows: sql`event_authority a`, id: sql`a.event_id`, eventId: sql`a.event_id` },
    body: sql`jsonb_build_object('event_authority', jsonb_build_array(to_jsonb(a)))`,
  },
} satisfies Record<string, FactKind>;

/**
 * The statement that writes a fact of a kind for each of these rows into the journal, in the transaction of the change and after it.
 * It writes nothing of an event that is not shared. The transaction has written something before, so that it has its number: `recordHistory`
 * says why.
 */
export function facts(kind: keyof typeof kinds, ids: readonly bigint[]): SQL {
  const { rows, id, eventId, body, where = sql`true` }: FactKind = kinds[kind];
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select ${eventId}, 'sales', ${sql.raw(`'${kind}'`)}, ${body}, now()
    from ${rows} join ${sharedEvents} shared on shared.event_id = ${eventId}
    where ${id} = any(${idArray(ids)}) and ${where} order by ${id}`;
}

/** Writes `facts`. */
export async function record(
  tx: DbOrTx,
  kind: keyof typeof kinds,
  ids: readonly bigint[],
): Promise<void> {
  await tx.execute(facts(kind, ids));
}

import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { idArray } from '../rows.ts';
import { sharedEvents } from '../schema/index.ts';

/*
 * What a change leaves in the journal, written in its transaction, after it: each is one statement, and does nothing for an event
 * that is not shared. The transaction has written something before, so that it has its number (`shareEvent` says why).
 */

/** Everything of a paid order: who bought, what, for how much, and the passes. */
export function ordersSold(orderIds: readonly bigint[]): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select o.event_id, 'sales', 'order', ${orderBody()}, now()
    from orders o join ${sharedEvents} using (event_id)
    where o.id = any(${idArray(orderIds)}) order by o.id`;
}

/** The body of the order `o`. What counts for the limits of one site, or is a hold of it, stays there. */
export function orderBody(): SQL {
  return sql`jsonb_build_object(
    'orders', jsonb_build_array(to_jsonb(o) || '{"hold_id": null, "buyer_key": null}'),
    'order_lines', (select jsonb_agg(to_jsonb(l)) from order_lines l where l.order_id = o.id),
    'order_holders', (select jsonb_agg(to_jsonb(h)) from order_holders h join order_lines l on l.id = h.order_line_id
      where l.order_id = o.id),
    'persons', (select jsonb_agg(to_jsonb(person)) from (
        select o.buyer_id as id union select h.person_id from order_holders h join order_lines l on l.id = h.order_line_id
        where l.order_id = o.id
      ) as named join persons person using (id)),
    'payments', (select jsonb_agg(to_jsonb(p) || '{"card_key": null}') from payments p where p.order_id = o.id),
    'passes', (select jsonb_agg(to_jsonb(p)) from passes p join order_lines l on l.id = p.order_line_id where l.order_id = o.id),
    'media', (select jsonb_agg(to_jsonb(m)) from media m join passes p on p.id = m.pass_id
      join order_lines l on l.id = p.order_line_id where l.order_id = o.id))`;
}

/** A credential that was granted. */
export function credentialsGranted(passIds: readonly bigint[]): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select p.event_id, 'sales', 'credential', ${credentialBody()}, now()
    from passes p join ${sharedEvents} using (event_id)
    where p.id = any(${idArray(passIds)}) order by p.id`;
}

/** The body of the credential `p`. */
export function credentialBody(): SQL {
  return sql`jsonb_build_object(
    'passes', jsonb_build_array(to_jsonb(p)),
    'persons', (select jsonb_agg(to_jsonb(person)) from persons person where person.id = p.holder_id),
    'media', (select jsonb_agg(to_jsonb(m)) from media m where m.pass_id = p.id))`;
}

/** What was done to passes after they were issued, and what they are since then. */
export function passesChanged(passIds: readonly bigint[]): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select p.event_id, 'sales', 'pass_change', ${passChangeBody()}, now()
    from passes p join ${sharedEvents} using (event_id)
    where p.id = any(${idArray(passIds)}) order by p.id`;
}

/** The body of a change of the pass `p`. */
export function passChangeBody(): SQL {
  return sql`jsonb_build_object(
    'passes', jsonb_build_array(to_jsonb(p)),
    'persons', (select jsonb_agg(to_jsonb(person)) from persons person where person.id = p.holder_id),
    'media', (select jsonb_agg(to_jsonb(m)) from media m where m.pass_id = p.id),
    'pass_changes', (select jsonb_agg(to_jsonb(c)) from pass_changes c where c.pass_id = p.id),
    -- What this site knew of the scans of the other: entries after it, it could not know when it ended the pass.
    'scans_taken', coalesce((select max(no) from journal_cursors t where t.event_id = p.event_id and t.stream = 'scans'), 0))`;
}

/** An order whose money goes back: what it and its refunds are since then. Its passes are told as changed passes. */
export function ordersRefunded(orderIds: readonly bigint[]): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select o.event_id, 'sales', 'refund', ${refundBody()}, now()
    from orders o join ${sharedEvents} using (event_id)
    where o.id = any(${idArray(orderIds)}) and o.state = 'refunded' order by o.id`;
}

/** The body of the refund of the order `o`. */
export function refundBody(): SQL {
  return sql`jsonb_build_object(
    'orders', jsonb_build_array(to_jsonb(o) || '{"hold_id": null, "buyer_key": null}'),
    'refunds', (select jsonb_agg(to_jsonb(r)) from refunds r join payments p on p.id = r.payment_id where p.order_id = o.id))`;
}

/** An order of the other site, whose money should go back: only who took it gives it back. */
export function refundAsked(orderId: bigint): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select o.event_id, 'sales', 'refund_ask', jsonb_build_object('orders', jsonb_build_array(jsonb_build_object('id', o.id))), now()
    from orders o join ${sharedEvents} using (event_id) where o.id = ${orderId}`;
}

/** A conflict that somebody looked at. */
export function conflictSeen(conflictId: bigint): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select c.event_id, 'sales', 'conflict', jsonb_build_object('conflicts', jsonb_build_array(to_jsonb(c))), now()
    from conflicts c join ${sharedEvents} using (event_id) where c.id = ${conflictId}`;
}

/** A device that was enrolled, changed or revoked. */
export function deviceChanged(deviceId: bigint): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select d.event_id, 'sales', 'device', ${deviceBody()}, now()
    from devices d join ${sharedEvents} using (event_id) where d.id = ${deviceId}`;
}

/** The body of the device `d`. */
export function deviceBody(): SQL {
  return sql`jsonb_build_object('devices', jsonb_build_array(to_jsonb(d)))`;
}

/** All that an organizer sets up: a new version of the whole. */
export function eventChanged(eventId: bigint): SQL {
  return sql`
    insert into journal (event_id, stream, kind, body, at)
    select e.id, 'sales', 'event', ${eventBody()}, now()
    from events e join ${sharedEvents} s on s.event_id = e.id where e.id = ${eventId}`;
}

/** The body of the event `e`. Of the stock it tells what this site may sell. */
export function eventBody(): SQL {
  const ofType = sql`in (select id from pass_types t where t.event_id = e.id)`;
  return sql`jsonb_build_object(
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
    'stock', (select jsonb_agg(to_jsonb(s) || '{"held": 0, "sold": 0}') from stock s
      where s.type_id ${ofType} and s.site = (select number from sites where is_local)))`;
}

export async function record(tx: Tx, facts: SQLWrapper): Promise<void> {
  await tx.execute(facts);
}

import { randomUUID } from 'node:crypto';
import { giveUnits as decideGive } from '@catraca/domain';
import { eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { type Actor, writeAudit } from '../commands/audit/write-audit.ts';
import { lockStock } from '../commands/locks.ts';
import { transact } from '../commands/transact.ts';
import { getLocalSite } from '../local-site.ts';
import { passTypes, sharedEvents, stock, unitMoves } from '../schema/index.ts';

export interface UnitsRequest {
  typeId: bigint;
  toSite: number;
  units: number;
  /** Null where it is automatic. */
  userId: string | null;
}

export type GiveUnitsResult =
  | { ok: true; units: number }
  /** `not_shared`: no event of that site. `not_free`: fewer are free here. */
  | { ok: false; code: 'unknown_type' | 'not_shared' | 'not_free' }
  /** Its capacity is shared with other types, so one site alone sells it. */
  | { ok: false; code: 'shares_capacity' };

/**
 * Gives units of a type, and as many free seats where it has seats, to another site. Nobody may sell them until that site took the fact:
 * they left this one's stock in the transaction that wrote it.
 */
export async function giveUnits(
  db: Db,
  { typeId, toSite, units, userId }: UnitsRequest,
  now: Date,
  by: Actor | null = null,
): Promise<GiveUnitsResult> {
  return transact<GiveUnitsResult>(db, async (tx, refuse) => {
    const site = (await getLocalSite(tx)).number;
    const [type] = await tx
      .select({
        eventId: passTypes.eventId,
        seated: passTypes.seated,
        cloudOrVenue: sharedEvents.site,
      })
      .from(passTypes)
      .leftJoin(sharedEvents, eq(sharedEvents.eventId, passTypes.eventId))
      .where(eq(passTypes.id, typeId));
    if (!type) return { ok: false, code: 'unknown_type' };
    if (type.cloudOrVenue === null || toSite === site) return { ok: false, code: 'not_shared' };
    const own = (await lockStock(tx, site, [typeId])).get(typeId);
    if (!own) return { ok: false, code: 'not_free' };
    if (own.pool) return { ok: false, code: 'shares_capacity' };
    if ('refused' in decideGive(own, units)) return { ok: false, code: 'not_free' };
    const seatIds = type.seated ? await moveSeats(tx, typeId, site, toSite, units) : [];
    if (type.seated && seatIds.length < units) return refuse({ ok: false, code: 'not_free' });
    await tx.execute(sql`
      update ${stock} set quantity = quantity - ${units} where type_id = ${typeId} and site = ${site}`);
    await tx.execute(sql`
      insert into ${stock} (type_id, site, quantity) values (${typeId}, ${toSite}, ${units})
      on conflict (type_id, site) do update set quantity = stock.quantity + excluded.quantity`);
    const move = { id: randomUUID(), typeId, fromSite: site, toSite, units, at: now, userId };
    await tx.insert(unitMoves).values(move);
    await recordMove(tx, type.eventId, move.id, seatIds);
    if (by) {
      const subject = { eventId: type.eventId, subjectKind: 'pass_type', subjectId: typeId };
      await writeAudit(tx, by, { action: 'site.giveUnits', ...subject, after: { toSite, units } });
    }
    return { ok: true, units };
  });
}

/** The stock row is locked, so nobody claims one of these seats meanwhile: whoever does looks at their site under the same lock. */
async function moveSeats(
  tx: Tx,
  typeId: bigint,
  site: number,
  toSite: number,
  units: number,
): Promise<string[]> {
  // From the end of the map: the best places stay with who sells most.
  const moved = await tx.execute<{ id: string }>(sql`
    update seats set site = ${toSite} where id in (
      select id from seats where type_id = ${typeId} and site = ${site} and not out_of_sale
        and not exists (select from seat_claims c where c.seat_id = seats.id)
      order by id desc limit ${units}
    ) returning id`);
  return moved.map(({ id }) => id);
}

async function recordMove(
  tx: Tx,
  eventId: bigint,
  moveId: string,
  seatIds: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    insert into journal (event_id, stream, kind, body, at)
    select ${eventId}, 'sales', 'units', jsonb_build_object(
      'unit_moves', jsonb_build_array(to_jsonb(m)),
      'seats', (select jsonb_agg(jsonb_build_object('id', s.id, 'event_id', s.event_id)) from seats s
        where s.id = any(${`{${seatIds.join(',')}}`}::bigint[]))), m.at
    from ${unitMoves} m where m.id = ${moveId}`);
}

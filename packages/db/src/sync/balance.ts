import { type Part, planSplit, splitWindowMs, type SplitRules, usualSplit } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { giveUnits } from './units.ts';

interface TypeParts {
  typeId: bigint;
  cloud: Part;
  venue: Part;
  mode: 'automatic' | 'percent' | 'by_hand';
  venuePercent: number | null;
}

/** Units that the cloud would have back, at most so many. */
export interface AskedBack {
  typeId: bigint;
  units: number;
}

/**
 * At the cloud: splits what nobody has bought of an event between cloud and venue, as it sells or as people said. Gives what the venue
 * should have at once; what shares a capacity with other types stays whole. `asks`: what the venue says it lacks, which is given as far as it is free.
 */
export async function balanceUnits(
  db: Db,
  eventId: bigint,
  venue: number,
  asks: ReadonlyMap<bigint, number>,
  now: Date,
): Promise<AskedBack[]> {
  const back: AskedBack[] = [];
  for (const type of await readParts(db, eventId, venue)) {
    const { typeId, cloud, mode } = type;
    if (mode === 'by_hand') continue;
    const asked = Math.min(asks.get(typeId) ?? 0, cloud.free);
    const step = asked > 0 ? ({ kind: 'give', units: asked } as const) : plan(type);
    if (step.kind === 'give' && step.units > 0) {
      await giveUnits(db, { typeId, toSite: venue, units: step.units, userId: null }, now);
    }
    if (step.kind === 'ask_back') back.push({ typeId, units: step.units });
  }
  return back;
}

function plan({ cloud, venue, venuePercent }: TypeParts) {
  const venueShare = venuePercent === null ? null : venuePercent / 100;
  const rules: SplitRules = { ...usualSplit, venueShare };
  return planSplit(cloud, venue, rules);
}

/** At a venue: gives back what the cloud asks for, as far as it is free. */
export async function giveBack(
  db: Db,
  cloud: number,
  asked: readonly AskedBack[],
  now: Date,
): Promise<void> {
  for (const { typeId, units } of asked) {
    const [row] = await db.execute<{ free: number }>(sql`
      select quantity - held - sold as free from stock
      where type_id = ${typeId} and site = (select number from sites where is_local)`);
    const free = Math.min(units, row?.free ?? 0);
    if (free > 0) await giveUnits(db, { typeId, toSite: cloud, units: free, userId: null }, now);
  }
}

async function readParts(db: Db, eventId: bigint, venue: number): Promise<TypeParts[]> {
  const sold = (site: ReturnType<typeof sql>) => sql`(
    select count(*)::int from order_lines l join orders o on o.id = l.order_id
    where l.type_id = t.id and o.site = ${site} and o.state = 'paid' and o.event_id = t.event_id
      and o.created_at > now() - ${`${splitWindowMs} ms`}::interval)`;
  const rows = await db.execute<Record<string, unknown>>(sql`
    select t.id, here.quantity - here.held - here.sold as cloud_free, ${sold(sql`here.site`)} as cloud_sold,
      coalesce(there.quantity - there.held - there.sold, 0) as venue_free, ${sold(sql`${venue}`)} as venue_sold, share.mode, share.venue_percent
    from pass_types t
    join stock here on here.type_id = t.id and here.site = (select number from sites where is_local)
    left join stock there on there.type_id = t.id and there.site = ${venue}
    left join stock_shares share on share.type_id = t.id
    where t.event_id = ${eventId} and t.kind = 'ticket' and here.pool_id is null order by t.id`);
  return rows.map((row) => ({
    typeId: BigInt(String(row['id'])),
    cloud: { free: Number(row['cloud_free']), soldLately: Number(row['cloud_sold']) },
    venue: { free: Number(row['venue_free']), soldLately: Number(row['venue_sold']) },
    mode: modeOf(row['mode']),
    venuePercent: row['venue_percent'] === null ? null : Number(row['venue_percent']),
  }));
}

/** Nobody said anything of a type without a row. */
function modeOf(mode: unknown): TypeParts['mode'] {
  return mode === 'percent' || mode === 'by_hand' ? mode : 'automatic';
}

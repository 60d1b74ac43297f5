import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import type { LocalizedText } from '../schema/columns.ts';
import { passTypes, sharedEvents, sites, stock, stockShares } from '../schema/index.ts';
import type { StockShare } from './set-stock-share.ts';

export interface Allotment {
  typeId: bigint;
  no: number;
  name: LocalizedText;
  colour: string;
  here: { units: number; held: number; sold: number };
  /** As far as the other site told. What is in carts there, nobody here knows. */
  there: { units: number; sold: number };
  /** Of the units there: those it has not taken yet. What comes from there, its giver alone knows. */
  onTheWay: number;
  share: StockShare;
}

export interface Allotments {
  here: { name: string; kind: 'cloud' | 'venue' };
  there: { number: number; name: string; kind: 'cloud' | 'venue' };
  types: Allotment[];
}

/** How the units of an event's ticket types are split between this site and the other one, in one snapshot. Undefined where the event is not shared. */
export async function readAllotments(db: DbOrTx, eventId: bigint): Promise<Allotments | undefined> {
  const [pair] = await db.execute<
    Allotments['there'] & { here_name: string; here_kind: 'cloud' | 'venue' } & Record<
        string,
        unknown
      >
  >(sql`
    select o.number, o.name, o.kind, here.name as here_name, here.kind as here_kind
    from ${sharedEvents} s join ${sites} here on here.is_local
    join ${sites} o on not o.is_local and (o.number = s.site or o.kind = 'cloud')
    where s.event_id = ${eventId}`);
  if (!pair) return undefined;
  const { number, name, kind, here_name, here_kind } = pair;
  const rows = await db.execute<Record<string, unknown>>(sql`
    select t.id, t.no, t.name, t.colour,
      here.quantity as here_units, here.held as here_held, here.sold as here_sold,
      coalesce(there.quantity, 0) as there_units, coalesce(there.sold, 0) as there_sold,
      coalesce(way.units, 0) as on_the_way, coalesce(share.mode, 'automatic') as mode, share.venue_percent
    from ${passTypes} t
    join ${stock} here on here.type_id = t.id and here.site = (select number from ${sites} where is_local)
    left join ${stock} there on there.type_id = t.id and there.site = ${number}
    left join ${stockShares} share on share.type_id = t.id
    left join (${unitsOnTheWay(eventId)}) as way on way.type_id = t.id
    where t.event_id = ${eventId} and t.kind = 'ticket' order by t.no`);
  return {
    here: { name: here_name, kind: here_kind },
    there: { number, name, kind },
    types: rows.map(allotmentOf),
  };
}

/** Units that went from here in facts which the other site has not taken. */
function unitsOnTheWay(eventId: bigint) {
  return sql`
    select (m->>'type_id')::bigint as type_id, sum((m->>'units')::integer)::int as units
    from journal j join ${sharedEvents} s on s.event_id = j.event_id
    cross join jsonb_array_elements(j.body->'unit_moves') as m
    where j.event_id = ${eventId} and j.stream = 'sales' and j.kind = 'units' and (j.no is null or j.no > s.told_sales)
    group by 1`;
}

function allotmentOf(row: Record<string, unknown>): Allotment {
  const { mode } = row;
  const share: StockShare =
    mode === 'percent'
      ? { mode, venuePercent: Number(row['venue_percent']) }
      : { mode: mode === 'by_hand' ? mode : 'automatic' };
  return {
    typeId: BigInt(String(row['id'])),
    no: Number(row['no']),
    name: row['name'] as LocalizedText,
    colour: String(row['colour']),
    here: {
      units: Number(row['here_units']),
      held: Number(row['here_held']),
      sold: Number(row['here_sold']),
    },
    there: { units: Number(row['there_units']), sold: Number(row['there_sold']) },
    onTheWay: Number(row['on_the_way']),
    share,
  };
}

import { sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { lockStock } from '../commands/locks.ts';
import { getLocalSite } from '../local-site.ts';
import { seats, unitMoves } from '../schema/index.ts';
import { hasRow } from './check-rows.ts';
import { type Bodies, rowsIn, takeRows } from './rows-of-facts.ts';
import type { Source } from './take-facts.ts';

/** Units and seats that the other site gave to this one: from now on they are this site's to sell. Those that came before are not added again. */
export async function takeUnits(
  tx: Tx,
  { eventId, author }: Source,
  bodies: Bodies,
): Promise<string | undefined> {
  const { number: site } = await getLocalSite(tx);
  const foreign = sql`r.from_site <> ${author} or not exists (select from pass_types t where t.id = r.type_id and t.event_id = ${eventId})`;
  if (await hasRow(tx, bodies, unitMoves, foreign)) return 'units do not go from there to here';
  const moved = await takeRows(
    tx,
    bodies,
    unitMoves,
    sql`on conflict (id) do nothing returning id, type_id, to_site`,
  );
  // What went to a venue that is over is no business of this one.
  const here = moved.filter(({ to_site }) => to_site === site);
  if (here.length === 0) return undefined;
  await lockStock(
    tx,
    site,
    here.map(({ type_id }) => BigInt(String(type_id))),
  );
  const ids = `{${here.map(({ id }) => String(id)).join(',')}}`;
  const came = sql`(select type_id, sum(units)::int as units from unit_moves where id = any(${ids}::uuid[]) group by 1) as came`;
  await tx.execute(sql`
    insert into stock (type_id, site, quantity) select type_id, ${site}, units from ${came}
    on conflict (type_id, site) do update set quantity = stock.quantity + excluded.quantity`);
  await tx.execute(sql`
    update stock set quantity = quantity - came.units from ${came}
    where stock.type_id = came.type_id and stock.site = ${author}`);
  await tx.execute(sql`
    update seats set site = ${site} from ${rowsIn(bodies, seats)}
    where seats.id = r.id and seats.event_id = ${eventId} and seats.site = ${author}
      and b.body->'unit_moves'->0->>'to_site' = ${String(site)}`);
  await tx.execute(sql`update unit_moves set arrived_at = now() where id = any(${ids}::uuid[])`);
  return undefined;
}

import { sql } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { idArray } from '../../rows.ts';

/** Whom a change would reach: passes that are valid, and the orders they came with. */
export interface Reach {
  passes: number;
  orders: number;
}

/** What is out there of these types: tickets that were sold and credentials that were granted. */
export async function whatWasSold(db: DbOrTx, typeIds: readonly bigint[]): Promise<Reach> {
  if (typeIds.length === 0) return { passes: 0, orders: 0 };
  const [row] = await db.execute<{ passes: number; orders: number }>(sql`
    select count(*)::int as passes, count(distinct l.order_id)::int as orders
    from passes p left join order_lines l on l.id = p.order_line_id
    where p.type_id = any(${idArray(typeIds)}) and p.status = 'valid'`);
  return { passes: row?.passes ?? 0, orders: row?.orders ?? 0 };
}

/** A change of what people have already: it is made when somebody who knows how many says so. */
export interface AffectsSold extends Reach {
  ok: false;
  code: 'affects_sold';
}

/** The refusal of such a change, unless it reaches nobody or was confirmed. */
export async function unlessConfirmed(
  db: DbOrTx,
  typeIds: readonly bigint[],
  confirmed: boolean,
): Promise<AffectsSold | undefined> {
  if (confirmed) return undefined;
  const reach = await whatWasSold(db, typeIds);
  return reach.passes > 0 ? { ok: false, code: 'affects_sold', ...reach } : undefined;
}

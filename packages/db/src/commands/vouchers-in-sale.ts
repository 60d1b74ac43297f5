import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { DbOrTx, Tx } from '../client.ts';
import { idArray } from '../rows.ts';
import { vouchers, voucherUses } from '../schema/index.ts';

/*
 * Codes in the sale. A hold keeps the code it was placed with; its units are reserved when the hold becomes an order, and given back
 * when the order is not to be paid any more. The check on `vouchers` would refuse one use too many even if this were wrong.
 */

export type VoucherRow = typeof vouchers.$inferSelect;

/** As everybody may type it. */
export function codeOf(typed: string): string {
  return typed.trim().toUpperCase();
}

export function isUsable({ state, startsAt, endsAt }: VoucherRow, now: Date): boolean {
  return state === 'active' && (!startsAt || startsAt <= now) && (!endsAt || now < endsAt);
}

/** Whether a code is for a type; one without types is for all. */
export function covers({ typeIds }: Pick<VoucherRow, 'typeIds'>, typeId: bigint): boolean {
  return typeIds === null || typeIds.includes(typeId);
}

/** Whether it shows a type that is hidden: a discount shows those it names, an access code without types all. */
export function reveals(voucher: Pick<VoucherRow, 'typeIds' | 'kind'>, typeId: bigint): boolean {
  if (voucher.kind !== 'access' && voucher.typeIds === null) return false;
  return covers(voucher, typeId);
}

/** Units a code may still be used for; null without limit. */
export function leftOf({ unitsMax, unitsUsed }: VoucherRow): number | null {
  return unitsMax === null ? null : Math.max(0, unitsMax - unitsUsed);
}

export async function findVouchers(
  db: DbOrTx,
  wanted: readonly { eventId: bigint; code: string }[],
): Promise<VoucherRow[]> {
  if (wanted.length === 0) return [];
  return db
    .select()
    .from(vouchers)
    .where(
      and(
        inArray(vouchers.eventId, [...new Set(wanted.map(({ eventId }) => eventId))]),
        inArray(vouchers.code, [...new Set(wanted.map(({ code }) => code))]),
      ),
    );
}

/** In id order, after holds, orders and payments (locks.ts). */
export async function lockVouchers(
  tx: Tx,
  ids: readonly bigint[],
): Promise<Map<bigint, VoucherRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(vouchers)
    .where(inArray(vouchers.id, [...new Set(ids)]))
    .orderBy(asc(vouchers.id))
    .for('no key update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** Units of orders, with the locks of their codes held. */
export async function useVouchers(
  tx: Tx,
  uses: readonly { voucherId: bigint; orderId: bigint; units: number }[],
): Promise<void> {
  if (uses.length === 0) return;
  await tx.insert(voucherUses).values([...uses]);
  for (const [voucherId, ofOne] of Map.groupBy(uses, (use) => use.voucherId)) {
    const units = ofOne.reduce((sum, use) => sum + use.units, 0);
    await tx
      .update(vouchers)
      .set({ unitsUsed: sql`${vouchers.unitsUsed} + ${units}` })
      .where(eq(vouchers.id, voucherId));
  }
}

/**
 * The end of a statement that gives back the units of orders: `orderIds` is a table with their `id`. Codes are locked in id order, all
 * uses having been taken away before.
 */
export function givingBackVouchers(orderIds: SQL): SQL {
  return sql`
    gone as (
      delete from ${voucherUses} where order_id in (select id from ${orderIds}) returning voucher_id, units
    ), used as materialized (
      select id from ${vouchers} where id = any(array(select distinct voucher_id from gone)) order by id for no key update
    )
    update ${vouchers} set units_used = vouchers.units_used - back.units
    from used join (select voucher_id, sum(units)::int as units from gone group by voucher_id) as back on back.voucher_id = used.id
    where vouchers.id = used.id`;
}

/** Orders that are not to be paid any more, or whose money goes back: their codes can be used again. */
export async function giveBackVouchers(tx: Tx, orderIds: readonly bigint[]): Promise<void> {
  await tx.execute(
    sql`with given as (select unnest(${idArray(orderIds)}) as id), ${givingBackVouchers(sql`given`)}`,
  );
}

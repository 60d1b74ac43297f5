import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Db, DbOrTx } from '../../client.ts';
import { passTypes, vouchers } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import type { VoucherRow } from '../vouchers-in-sale.ts';
import { changeSetUp, type EditedMeanwhile, type SetUpRefusal } from './change-set-up.ts';

/** A code that buyers type: it shows hidden types, or lowers prices. */
export interface VoucherValues {
  /** In capitals. */
  code: string;
  kind: VoucherRow['kind'];
  /** Whole percents, or minor units. */
  value: number;
  /** Null for all types. */
  typeIds: bigint[] | null;
  unitsMax: number | null;
  startsAt: Date | null;
  endsAt: Date | null;
  note: string;
  state: VoucherRow['state'];
}

export interface VoucherChange {
  /** Null makes a new one. */
  voucherId: bigint | null;
  version: number;
  values: VoucherValues;
}

export type SaveVoucherResult =
  | { ok: true; voucherId: bigint }
  | SetUpRefusal
  | EditedMeanwhile
  | { ok: false; code: 'unknown_voucher' | 'unknown_type' | 'code_taken' }
  /** So many units of orders have used it. */
  | { ok: false; code: 'below_used'; used: number };

/** Makes a code or changes it. Orders keep the prices that they were made with. */
export async function saveVoucher(
  db: Db,
  eventId: bigint,
  { voucherId, version, values }: VoucherChange,
  by: Actor | null = null,
): Promise<SaveVoucherResult> {
  return changeSetUp<SaveVoucherResult>(db, eventId, by, async ({ tx, audit }) => {
    if (!(await areTickets(tx, eventId, values.typeIds)))
      return { ok: false, code: 'unknown_type' };
    const [known] =
      voucherId === null
        ? []
        : await tx
            .select()
            .from(vouchers)
            .where(and(eq(vouchers.id, voucherId), eq(vouchers.eventId, eventId)))
            .for('no key update');
    if (voucherId !== null && !known) return { ok: false, code: 'unknown_voucher' };
    if (known && known.version !== version)
      return { ok: false, code: 'edited_meanwhile', version: known.version };
    const used = known?.unitsUsed ?? 0;
    if (values.unitsMax !== null && values.unitsMax < used)
      return { ok: false, code: 'below_used', used };
    const [other] = await tx
      .select({ id: vouchers.id })
      .from(vouchers)
      .where(and(eq(vouchers.eventId, eventId), eq(vouchers.code, values.code)));
    // Two new ones with the same code follow one another: the event's row is locked.
    if (other && other.id !== known?.id) return { ok: false, code: 'code_taken' };
    const [row] = known
      ? await tx
          .update(vouchers)
          .set({ ...values, version: known.version + 1 })
          .where(eq(vouchers.id, known.id))
          .returning()
      : await tx
          .insert(vouchers)
          .values({ ...values, eventId })
          .returning();
    if (!row) throw new Error('a code was not written');
    const subject = { subjectKind: 'voucher', subjectId: String(row.id) };
    await audit({
      ...{ action: 'voucher.save', ...subject },
      before: known ? { ...known } : null,
      after: { ...row },
    });
    return { ok: true, voucherId: row.id };
  });
}

async function areTickets(tx: DbOrTx, eventId: bigint, typeIds: bigint[] | null) {
  if (typeIds === null) return true;
  if (typeIds.length === 0) return false;
  const isTicket = and(eq(passTypes.eventId, eventId), eq(passTypes.kind, 'ticket'));
  const found = await tx.$count(passTypes, and(isTicket, inArray(passTypes.id, typeIds)));
  return found === new Set(typeIds).size;
}

/** The codes of an event, those that can be used first, the newest on top. */
export function listVouchers(db: DbOrTx, eventId: bigint) {
  return db
    .select()
    .from(vouchers)
    .where(eq(vouchers.eventId, eventId))
    .orderBy(asc(vouchers.state), desc(vouchers.createdAt), desc(vouchers.id));
}

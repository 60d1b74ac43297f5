import { covers, findHold, type StoreHold } from '@catraca/db';
import { discountOf, taxWithin } from '@catraca/domain';
import type { ApiContext } from '../context.ts';
import { storeLook } from '../event/store-look.ts';

/** The hold in the buyer's cookie as pages show it. One that was sold or given back is not a cart any more. */
export async function readCart({ db, cart, now }: Pick<ApiContext, 'db' | 'cart' | 'now'>) {
  if (cart.holdPublicId === null) return null;
  const hold = await findHold(db, cart.holdPublicId);
  if (!hold || hold.state === 'sold' || hold.state === 'released') return null;
  const lines = pricedLines(hold);
  return {
    state: hold.state === 'active' && now < hold.expiresAt ? 'active' : 'expired',
    now,
    expiresAt: hold.expiresAt,
    event: { ...hold.event, look: storeLook(hold.event.look) },
    code: hold.voucher?.code ?? null,
    lines: lines.map(({ typeId: _, taxBasisPoints: __, ...line }) => ({
      ...line,
      seats: seatsOf(hold, line.typeNo),
    })),
    totalMinor: lines.reduce((sum, line) => sum + allIn(line) * line.quantity, 0),
    taxMinor: lines.reduce(
      (sum, line) => sum + taxWithin(allIn(line), line.taxBasisPoints) * line.quantity,
      0,
    ),
  } as const;
}

/** The lines at what they cost with the hold's code. */
function pricedLines({ lines, voucher }: StoreHold) {
  return lines.map((line) => {
    const isCovered = voucher !== null && covers(voucher, line.typeId);
    const discountMinor = isCovered ? discountOf(voucher, line.priceMinor) : 0;
    return { ...line, priceMinor: line.priceMinor - discountMinor, discountMinor };
  });
}

function allIn(line: { priceMinor: number; feeMinor: number }): number {
  return line.priceMinor + line.feeMinor;
}

function seatsOf(hold: StoreHold, typeNo: number) {
  return hold.seats
    .filter((seat) => seat.typeNo === typeNo)
    .map(({ id, section, row, number }) => ({ id: String(id), section, row, number }));
}

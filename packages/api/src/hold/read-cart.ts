import { findHold, type StoreHold } from '@catraca/db';
import type { ApiContext } from '../context.ts';
import { storeLook } from '../event/store-look.ts';

/** The hold in the buyer's cookie as pages show it. One that was sold or given back is not a cart any more. */
export async function readCart({ db, cart, now }: Pick<ApiContext, 'db' | 'cart' | 'now'>) {
  if (cart.holdPublicId === null) return null;
  const hold = await findHold(db, cart.holdPublicId);
  if (!hold || hold.state === 'sold' || hold.state === 'released') return null;
  return {
    state: hold.state === 'active' && now < hold.expiresAt ? 'active' : 'expired',
    now,
    expiresAt: hold.expiresAt,
    event: { ...hold.event, look: storeLook(hold.event.look) },
    lines: hold.lines.map(({ typeId: _, ...line }) => ({
      ...line,
      seats: seatsOf(hold, line.typeNo),
    })),
    totalMinor: hold.lines.reduce((sum, line) => sum + allIn(line) * line.quantity, 0),
  } as const;
}

function allIn(line: { priceMinor: number; feeMinor: number }): number {
  return line.priceMinor + line.feeMinor;
}

function seatsOf(hold: StoreHold, typeNo: number) {
  return hold.seats
    .filter((seat) => seat.typeNo === typeNo)
    .map(({ id, section, row, number }) => ({ id: String(id), section, row, number }));
}

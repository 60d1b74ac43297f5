import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { holdLines, passTypes, seatClaims, seats } from '../../schema/index.ts';

/** One unit of a hold at the price of this moment: it becomes one order line. */
export interface Unit {
  typeId: bigint;
  seatId: bigint | null;
  priceMinor: number;
  feeMinor: number;
  passes: number;
}

/** A hold's units: types by their number, seats in id order, which is that of the seat map. */
export async function readUnits(tx: Tx, holdId: bigint): Promise<Unit[]> {
  const lines = await tx
    .select({
      typeId: passTypes.id,
      quantity: holdLines.quantity,
      priceMinor: passTypes.priceMinor,
      feeMinor: passTypes.feeMinor,
      passes: passTypes.passesPerUnit,
    })
    .from(holdLines)
    .innerJoin(passTypes, eq(passTypes.id, holdLines.typeId))
    .where(eq(holdLines.holdId, holdId))
    .orderBy(asc(passTypes.no));
  const claims = await tx
    .select({ seatId: seats.id, typeId: seats.typeId })
    .from(seatClaims)
    .innerJoin(seats, eq(seats.id, seatClaims.seatId))
    .where(and(eq(seatClaims.holdId, holdId)))
    .orderBy(asc(seats.id));
  return lines.flatMap(({ quantity, ...unit }) => {
    const ofType = claims.filter((claim) => claim.typeId === unit.typeId);
    return Array.from({ length: quantity }, (_, index) => ({
      ...unit,
      seatId: ofType[index]?.seatId ?? null,
    }));
  });
}

/** Who will hold the passes of a type, or of one of its seats, in the order of the units. */
export interface HolderNames {
  typeId: bigint;
  seatId?: bigint | undefined;
  names: readonly string[];
}

/**
 * A name for each pass of each unit. Where none is given the buyer holds it.
 * Undefined when a name is given for a pass that is not in the hold.
 */
export function namesOfUnits(
  units: readonly Unit[],
  given: readonly HolderNames[],
  buyerName: string,
): string[][] | undefined {
  const waiting = given.map((holders) => ({ ...holders, names: [...holders.names] }));
  const names = units.map((unit) => {
    const ofUnit = waiting.find(
      ({ typeId, seatId, names }) =>
        typeId === unit.typeId &&
        (seatId === undefined || seatId === unit.seatId) &&
        names.length > 0,
    );
    const taken = ofUnit?.names.splice(0, unit.passes) ?? [];
    return Array.from({ length: unit.passes }, (_, index) => taken[index]?.trim() || buyerName);
  });
  return waiting.every((holders) => holders.names.length === 0) ? names : undefined;
}

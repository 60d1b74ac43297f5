import { asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { holdLines, passTypes, seatClaims, seats } from '../../schema/index.ts';

/** One unit of a hold at the price of this moment: it becomes one order line. */
export interface Unit {
  typeId: bigint;
  typeNo: number;
  seatId: bigint | null;
  priceMinor: number;
  feeMinor: number;
  taxBasisPoints: number;
  passes: number;
}

/** The units of each hold: types by their number, seats in id order, which is that of the seat map. */
export async function readUnits(
  tx: Tx,
  holdIds: readonly bigint[],
): Promise<(holdId: bigint) => Unit[]> {
  const ids = [...holdIds];
  const [lines, claims] = await Promise.all([
    tx
      .select({
        holdId: holdLines.holdId,
        typeId: passTypes.id,
        typeNo: passTypes.no,
        quantity: holdLines.quantity,
        priceMinor: passTypes.priceMinor,
        feeMinor: passTypes.feeMinor,
        taxBasisPoints: passTypes.taxBasisPoints,
        passes: passTypes.passesPerUnit,
      })
      .from(holdLines)
      .innerJoin(passTypes, eq(passTypes.id, holdLines.typeId))
      .where(inArray(holdLines.holdId, ids))
      .orderBy(asc(passTypes.no)),
    tx
      .select({ holdId: seatClaims.holdId, seatId: seats.id, typeId: seats.typeId })
      .from(seatClaims)
      .innerJoin(seats, eq(seats.id, seatClaims.seatId))
      .where(inArray(seatClaims.holdId, ids))
      .orderBy(asc(seats.id)),
  ]);
  const linesOf = Map.groupBy(lines, (line) => line.holdId);
  const claimsOf = Map.groupBy(claims, (claim) => `${claim.holdId}/${claim.typeId}`);
  return (holdId) =>
    (linesOf.get(holdId) ?? []).flatMap(({ quantity, holdId: _, ...unit }) => {
      const ofType = claimsOf.get(`${holdId}/${unit.typeId}`);
      return Array.from({ length: quantity }, (_none, index) => ({
        ...unit,
        seatId: ofType?.[index]?.seatId ?? null,
      }));
    });
}

/** Who will hold the passes of a type, or of one of its seats, in the order of the units. */
export interface HolderNames {
  /** The type's number in its event. */
  typeNo: number;
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
  const isHeld = ({ typeNo }: HolderNames) => units.some((unit) => unit.typeNo === typeNo);
  if (!given.every(isHeld)) return undefined;
  const waiting = given.map((holders) => ({ ...holders, names: [...holders.names] }));
  const names = units.map((unit) => {
    const ofUnit = waiting.find(
      ({ typeNo, seatId, names }) =>
        typeNo === unit.typeNo &&
        (seatId === undefined || seatId === unit.seatId) &&
        names.length > 0,
    );
    const taken = ofUnit?.names.splice(0, unit.passes) ?? [];
    return Array.from({ length: unit.passes }, (_, index) => taken[index]?.trim() || buyerName);
  });
  return waiting.every((holders) => holders.names.length === 0) ? names : undefined;
}

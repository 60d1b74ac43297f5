import { randomUUID } from 'node:crypto';
import { sql, type SQLWrapper } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { idArray, insertion, sendAll } from '../../rows.ts';
import { holdLines, holds, seatClaims } from '../../schema/index.ts';
import { stockMovement, type StockMove } from '../locks.ts';
import type { VoucherRow } from '../vouchers-in-sale.ts';
import type { HoldDecision } from './decide-holds.ts';
import { cancelUnpaidOrders } from './free-holds.ts';

/** What is written of a hold that is granted. */
export function rowsOf(
  { wish, offer }: Extract<HoldDecision, { ok: true }>,
  id: bigint,
  voucher: VoucherRow | undefined,
) {
  const { request, lines, now } = wish;
  return {
    hold: {
      id,
      publicId: randomUUID(),
      eventId: request.eventId,
      site: offer.site,
      expiresAt: new Date(now.getTime() + offer.holdTtlSeconds * 1000),
      networkKey: request.networkKey ?? null,
      waitingPlaceId: request.waitingPlaceId ?? null,
      voucherId: voucher?.id ?? null,
      createdAt: now,
    },
    lines: lines.map(({ typeId, quantity }) => ({ holdId: id, typeId, quantity })),
    claims: lines.flatMap(({ seatIds }) => seatIds.map((seatId) => ({ seatId, holdId: id }))),
  };
}

/** Writes what was decided, in one round trip. `rows`: of each decision, where it is granted. */
export async function writeHolds(
  tx: Tx,
  site: number,
  decisions: readonly HoldDecision[],
  rows: readonly (ReturnType<typeof rowsOf> | undefined)[],
): Promise<void> {
  const written = rows.flatMap((row) => row ?? []);
  if (written.length === 0) return;
  const ended = decisions.flatMap((decision) => (decision.ok ? (decision.ends ?? []) : []));
  const endedIds = ended.map(({ row }) => row.id);
  const lines = written.flatMap((row) => row.lines);
  const claims = written.flatMap((row) => row.claims);
  const statements: SQLWrapper[] = [
    ...(endedIds.length === 0
      ? []
      : [
          cancelUnpaidOrders(endedIds),
          sql`delete from ${seatClaims} where hold_id = any(${idArray(endedIds)})`,
          sql`update ${holds} set state = 'released' where id = any(${idArray(endedIds)})`,
        ]),
    insertion(
      holds,
      written.map((row) => row.hold),
    ),
    insertion(holdLines, lines),
    ...(claims.length > 0 ? [insertion(seatClaims, claims)] : []),
    stockMovement(
      site,
      movesOf(
        lines,
        ended.flatMap(({ units }) => units),
      ),
    ),
  ];
  await sendAll(tx, statements);
}

interface Units {
  typeId: bigint;
  quantity: number;
}

function movesOf(taken: readonly Units[], returned: readonly Units[]): StockMove[] {
  const held = new Map<bigint, number>();
  const add = (typeId: bigint, units: number) => held.set(typeId, (held.get(typeId) ?? 0) + units);
  for (const { typeId, quantity } of taken) add(typeId, quantity);
  for (const { typeId, quantity } of returned) add(typeId, -quantity);
  return [...held].map(([typeId, units]) => ({ typeId, held: units, sold: 0 }));
}

import { callsDue, enterWithinMs } from '@catraca/domain';
import { and, eq, exists, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { holds, waitingPlaces, waitingRooms } from '../../schema/index.ts';
import { transact } from '../transact.ts';
import { drawIfDue } from './draw.ts';
import { lockRoom, type WaitingRoomRow } from './lock-room.ts';

export interface CallRound {
  eventId: bigint;
  /** The draw was held in this round. */
  drawn: boolean;
  called: number;
  /** Bought, or let their turn pass. */
  ended: number;
}

/**
 * Moves every open room on: holds the draw that is due, ends the turns that are over, and calls the next ones. Any number
 * of processes may do so at once: they follow one another, and what one called is no longer due for the next.
 */
export async function callPlaces(db: Db, now: Date): Promise<CallRound[]> {
  const open = await db
    .select({ eventId: waitingRooms.eventId })
    .from(waitingRooms)
    .where(and(isNull(waitingRooms.closedAt), lte(waitingRooms.opensAt, now)));
  const rounds: CallRound[] = [];
  for (const { eventId } of open) {
    const round = await transact(db, (tx) => callPlacesOf(tx, eventId, now));
    if (round) rounds.push(round);
  }
  return rounds;
}

async function callPlacesOf(tx: Tx, eventId: bigint, now: Date): Promise<CallRound | undefined> {
  const locked = await lockRoom(tx, eventId);
  // Closed, or put off, since it was listed.
  if (!locked || locked.closedAt !== null || now < locked.opensAt) return undefined;
  const room = await drawIfDue(tx, locked, now);
  const ended = await endTurns(tx, room, now);
  const shopping = await tx.$count(waitingPlaces, isShopping(eventId));
  const called = await callNext(tx, room, shopping, now);
  return { eventId, drawn: locked.drawnAt === null, called, ended };
}

function isShopping(eventId: bigint) {
  return and(
    eq(waitingPlaces.eventId, eventId),
    isNotNull(waitingPlaces.calledAt),
    isNull(waitingPlaces.endedAt),
  );
}

/** SPEC W-8 to W-10: who did not come, whose time is over, and who has bought. */
async function endTurns(tx: Tx, room: WaitingRoomRow, now: Date): Promise<number> {
  const msAgo = (ms: number) => new Date(now.getTime() - ms);
  const { calledAt, enteredAt } = waitingPlaces;
  const bought = tx
    .select({ one: sql`1` })
    .from(holds)
    .where(and(eq(holds.waitingPlaceId, waitingPlaces.id), eq(holds.state, 'sold')));
  const over = or(
    and(isNull(enteredAt), lte(calledAt, msAgo(enterWithinMs))),
    lte(enteredAt, msAgo(room.turnSeconds * 1000)),
    exists(bought),
  );
  const ended = await tx
    .update(waitingPlaces)
    .set({ endedAt: now })
    .where(and(isShopping(room.eventId), over))
    .returning({ id: waitingPlaces.id });
  return ended.length;
}

async function callNext(
  tx: Tx,
  room: WaitingRoomRow,
  shopping: number,
  now: Date,
): Promise<number> {
  const { calls, calledUntil } = callsDue(
    {
      perMinuteMax: room.perMinuteMax,
      shoppersMax: room.shoppersMax,
      waiting: room.lastNo - room.calledNo,
      shopping,
      calledUntil: room.calledAt?.getTime() ?? null,
    },
    now.getTime(),
  );
  const calledNo = room.calledNo + calls;
  if (calls > 0) {
    const { eventId, no } = waitingPlaces;
    await tx
      .update(waitingPlaces)
      .set({ calledAt: now })
      .where(and(eq(eventId, room.eventId), gt(no, room.calledNo), lte(no, calledNo)));
  }
  await tx
    .update(waitingRooms)
    .set({ calledNo, calledAt: new Date(calledUntil) })
    .where(eq(waitingRooms.eventId, room.eventId));
  return calls;
}

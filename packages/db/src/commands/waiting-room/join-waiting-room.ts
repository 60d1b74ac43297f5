import { placesPerNetworkMax } from '@catraca/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { hasBought } from '../../queries/has-bought.ts';
import { rowSet } from '../../rows.ts';
import { waitingPlaces, waitingRooms } from '../../schema/index.ts';
import { transact } from '../transact.ts';
import { drawIfDue } from './draw.ts';
import { lockRoom, type WaitingRoomRow } from './lock-room.ts';

/** Joins in one transaction: its two statements cost about the same for one as for all of these. */
export const joinsPerBatchMax = 500;

export interface JoinRequest {
  /** SHA-256 thumbprint (RFC 7638) of the browser's key, base64url. */
  keyThumbprint: string;
  /** Keyed hash of the network it comes from. */
  networkKey: Uint8Array;
}

export type WaitingPlace = Pick<
  typeof waitingPlaces.$inferSelect,
  'id' | 'publicId' | 'no' | 'keyThumbprint' | 'calledAt' | 'enteredAt' | 'endedAt'
> & { bought: boolean };

export type JoinResult =
  | { ok: true; place: WaitingPlace }
  /** There is no waiting room, or it was closed: the shop is open to all. */
  | { ok: false; code: 'no_room' }
  /** The network has `placesPerNetworkMax` open places. */
  | { ok: false; code: 'network_full' };

/**
 * Gives each browser its place, in their order, and the one it has to a browser that has one. Until the draw places have no
 * number; after it they are numbered as they come.
 */
export async function joinWaitingRoom(
  db: Db,
  eventId: bigint,
  requests: readonly JoinRequest[],
  now: Date,
): Promise<JoinResult[]> {
  return transact<JoinResult[]>(db, async (tx) => {
    const locked = await lockRoom(tx, eventId);
    if (!locked || locked.closedAt !== null) {
      return requests.map(() => ({ ok: false, code: 'no_room' }));
    }
    const room = await drawIfDue(tx, locked, now);
    await insertPlaces(tx, room, requests, now);
    const found = await placesOf(tx, eventId, requests);
    return requests.map(({ keyThumbprint }) => {
      const place = found.get(keyThumbprint);
      return place ? { ok: true, place } : { ok: false, code: 'network_full' };
    });
  });
}

async function insertPlaces(
  tx: Tx,
  room: WaitingRoomRow,
  requests: readonly JoinRequest[],
  now: Date,
): Promise<void> {
  const given = requests.map(({ keyThumbprint, networkKey }, at) => ({
    at,
    keyThumbprint,
    network: Buffer.from(networkKey).toString('hex'),
  }));
  const columns = { at: 'integer', keyThumbprint: 'text', network: 'text' } as const;
  const inserted = await tx.execute(sql`
    with given as (
      select distinct on ("keyThumbprint") at, "keyThumbprint" as key, decode(network, 'hex') as network
      from ${rowSet('given', columns, given)} order by "keyThumbprint", at
    ), fresh as (
      select *, row_number() over (partition by network order by at) as nth from given
      -- A lookup for each, however many places there are: written as a join it becomes a scan of them all.
      where (
        select 1 from ${waitingPlaces} where event_id = ${room.eventId} and key_thumbprint = key limit 1
      ) is null
    ), counted as (
      select fresh.*, row_number() over (order by at) as place_nth, taken.last + nth as network_no
      from fresh cross join lateral (
        select coalesce(max(network_no), 0) as last, count(*) filter (where ended_at is null) as open
        from ${waitingPlaces} where event_id = ${room.eventId} and network_key = network
      ) as taken
      where taken.open + nth <= ${placesPerNetworkMax}
    )
    insert into ${waitingPlaces} (event_id, no, key_thumbprint, network_key, network_no, joined_at)
    select ${room.eventId}, ${room.drawnAt === null ? sql`null` : sql`${room.lastNo}::integer + place_nth`},
      key, network, network_no, ${now.toISOString()}::timestamptz
    from counted order by at`);
  if (room.drawnAt === null || inserted.count === 0) return;
  await tx
    .update(waitingRooms)
    .set({ lastNo: room.lastNo + inserted.count })
    .where(eq(waitingRooms.eventId, room.eventId));
}

async function placesOf(
  tx: Tx,
  eventId: bigint,
  requests: readonly JoinRequest[],
): Promise<Map<string, WaitingPlace>> {
  const keys = requests.map(({ keyThumbprint }) => keyThumbprint);
  const rows = await tx
    .select({
      id: waitingPlaces.id,
      publicId: waitingPlaces.publicId,
      no: waitingPlaces.no,
      keyThumbprint: waitingPlaces.keyThumbprint,
      calledAt: waitingPlaces.calledAt,
      enteredAt: waitingPlaces.enteredAt,
      endedAt: waitingPlaces.endedAt,
      bought: hasBought,
    })
    .from(waitingPlaces)
    .where(and(eq(waitingPlaces.eventId, eventId), inArray(waitingPlaces.keyThumbprint, keys)));
  return new Map(rows.map((row) => [row.keyThumbprint, row]));
}

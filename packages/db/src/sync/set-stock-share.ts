import { eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { type Actor, writeAudit } from '../commands/audit/write-audit.ts';
import { transact } from '../commands/transact.ts';
import { getLocalSite } from '../local-site.ts';
import { passTypes, sharedEvents, stockShares } from '../schema/index.ts';

/** How the units of a type are split between cloud and venue (`stock_shares`). */
export type StockShare =
  | { mode: 'automatic' | 'by_hand' }
  /** Of what is free, 0 to 100 for the venue. */
  | { mode: 'percent'; venuePercent: number };

export type SetStockShareResult =
  | { ok: true }
  /** `not_shared`: the event has one site only. */
  | { ok: false; code: 'unknown_type' | 'not_shared' };

/** Says how a type is split. Either site may: the other takes it as a fact, and the cloud splits by it. */
export async function setStockShare(
  db: Db,
  { typeId, userId, ...share }: { typeId: bigint; userId: string | null } & StockShare,
  now: Date,
  by: Actor | null = null,
): Promise<SetStockShareResult> {
  return transact<SetStockShareResult>(db, async (tx) => {
    const [type] = await tx
      .select({ eventId: passTypes.eventId, sharedWith: sharedEvents.site })
      .from(passTypes)
      .leftJoin(sharedEvents, eq(sharedEvents.eventId, passTypes.eventId))
      .where(eq(passTypes.id, typeId));
    if (!type) return { ok: false, code: 'unknown_type' };
    if (type.sharedWith === null) return { ok: false, code: 'not_shared' };
    const { number: site } = await getLocalSite(tx);
    const said = {
      mode: share.mode,
      venuePercent: share.mode === 'percent' ? share.venuePercent : null,
      ...{ site, userId, at: now },
    };
    await tx
      .insert(stockShares)
      .values({ typeId, version: 1, ...said })
      .onConflictDoUpdate({
        target: stockShares.typeId,
        set: { ...said, version: sql`${stockShares.version} + 1` },
      });
    if (by) {
      const subject = { eventId: type.eventId, subjectKind: 'pass_type', subjectId: typeId };
      const after = { mode: said.mode, venuePercent: said.venuePercent };
      await writeAudit(tx, by, { action: 'site.setShare', ...subject, after });
    }
    await tx.execute(sql`
      insert into journal (event_id, stream, kind, body, at)
      select ${type.eventId}, 'sales', 'share', jsonb_build_object('stock_shares', jsonb_build_array(to_jsonb(s))), s.at
      from ${stockShares} s where s.type_id = ${typeId}`);
    return { ok: true };
  });
}

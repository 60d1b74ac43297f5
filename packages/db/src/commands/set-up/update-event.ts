import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import type { LocalizedText } from '../../schema/columns.ts';
import { events, orders } from '../../schema/index.ts';
import type { EventLook } from '../../schema/events.ts';
import type { Actor } from '../audit/write-audit.ts';
import { changeSetUp, type EditedMeanwhile, type SetUpRefusal } from './change-set-up.ts';

/** A part of an event's page in the admin; what is missing stays as it is. */
export interface EventChange {
  version: number;
  name?: string;
  tagline?: LocalizedText;
  description?: LocalizedText;
  venueName?: string;
  venueAddress?: string;
  currency?: string;
  languages?: string[];
  look?: EventLook;
  holdTtlSeconds?: number;
  unitsPerBuyerMax?: number | null;
  unitsPerCardMax?: number | null;
  unitsPerNetworkMax?: number | null;
  retentionDays?: number | null;
}

export type UpdateEventResult =
  | { ok: true; version: number }
  | SetUpRefusal
  | EditedMeanwhile
  /** Money was asked for in the currency that it has. */
  | { ok: false; code: 'currency_has_orders'; orders: number };

/** Changes what an event says and how it sells. */
export async function updateEvent(
  db: Db,
  eventId: bigint,
  { version: editedVersion, ...change }: EventChange,
  actor: Actor,
): Promise<UpdateEventResult> {
  return changeSetUp<UpdateEventResult>(db, eventId, actor, async ({ tx, event, audit }) => {
    if (event.version !== editedVersion)
      return { ok: false, code: 'edited_meanwhile', version: event.version };
    if (change.currency !== undefined && change.currency !== event.currency) {
      const sold = await countOrders(tx, eventId);
      if (sold > 0) return { ok: false, code: 'currency_has_orders', orders: sold };
    }
    const version = event.version + 1;
    await tx
      .update(events)
      .set({ ...change, version })
      .where(eq(events.id, eventId));
    const before = Object.fromEntries(
      Object.keys(change).map((key) => [key, event[key as keyof typeof change]]),
    );
    const subject = { subjectKind: 'event', subjectId: String(eventId) };
    await audit({ action: 'event.update', ...subject, before, after: change });
    return { ok: true, version };
  });
}

/** Orders that were paid or may be. */
async function countOrders(tx: Tx, eventId: bigint): Promise<number> {
  const open = inArray(orders.state, ['pending', 'paid', 'refunded']);
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(orders)
    .where(and(eq(orders.eventId, eventId), open));
  return row?.count ?? 0;
}

import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { passTypes } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { changeSetUp, type EditedMeanwhile, type SetUpRefusal } from './change-set-up.ts';
import { lockType } from './save-type.ts';

export type OrderTypesResult =
  | { ok: true }
  | SetUpRefusal
  /** Types came or went meanwhile: the order is of others. */
  | { ok: false; code: 'types_changed' };

/** The order of an event's types of a kind in lists and in the shop, archived ones too. */
export async function orderTypes(
  db: Db,
  eventId: bigint,
  kind: 'ticket' | 'credential',
  typeIds: readonly bigint[],
  actor: Actor,
): Promise<OrderTypesResult> {
  return changeSetUp<OrderTypesResult>(db, eventId, actor, async ({ tx, audit }) => {
    const rows = await tx
      .select({ id: passTypes.id })
      .from(passTypes)
      .where(and(eq(passTypes.eventId, eventId), eq(passTypes.kind, kind)))
      .orderBy(asc(passTypes.position), asc(passTypes.no));
    const known = new Set(rows.map(({ id }) => id));
    const isSame = typeIds.length === known.size && typeIds.every((id) => known.has(id));
    if (!isSame || new Set(typeIds).size !== known.size)
      return { ok: false, code: 'types_changed' };
    for (const [position, id] of typeIds.entries()) {
      await tx.update(passTypes).set({ position }).where(eq(passTypes.id, id));
    }
    const [before, after] = [rows.map(({ id }) => String(id)), typeIds.map(String)];
    const subject = { subjectKind: 'event', subjectId: String(eventId) };
    await audit({
      action: 'passType.order',
      ...subject,
      before: { types: before },
      after: { types: after },
    });
    return { ok: true };
  });
}

export type ArchiveTypeResult =
  | { ok: true; version: number }
  | SetUpRefusal
  | EditedMeanwhile
  | { ok: false; code: 'unknown_type' };

/** Takes a type out of sale and out of the shop for good, or brings it back. What was sold stays valid. */
export async function archiveType(
  db: Db,
  eventId: bigint,
  change: { typeId: bigint; version: number; archived: boolean },
  actor: Actor,
): Promise<ArchiveTypeResult> {
  return changeSetUp<ArchiveTypeResult>(db, eventId, actor, async ({ tx, audit }) => {
    const known = await lockType(tx, eventId, change.typeId);
    if (!known) return { ok: false, code: 'unknown_type' };
    if (known.version !== change.version)
      return { ok: false, code: 'edited_meanwhile', version: known.version };
    const { archived } = change;
    const version = known.version + 1;
    await tx.update(passTypes).set({ archived, version }).where(eq(passTypes.id, known.id));
    await audit({
      action: 'passType.archive',
      subjectKind: 'pass_type',
      subjectId: String(known.id),
      before: { archived: known.archived },
      after: { archived },
    });
    return { ok: true, version };
  });
}

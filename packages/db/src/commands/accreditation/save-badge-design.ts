import type { BadgeDesign } from '@catraca/domain/accreditation';
import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { badgeDesigns } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';

export interface BadgeDesignDraft {
  name: string;
  /** The credential types it is for. */
  typeIds: bigint[];
  design: BadgeDesign;
}

export type SaveBadgeDesignResult =
  | { ok: true; id: bigint; version: number }
  | { ok: false; code: 'unknown_design' | 'set_up_elsewhere' | 'edited_meanwhile' };

/** Makes a badge design (`id` null), or changes the edition `version` of one. */
export async function saveBadgeDesign(
  db: Db,
  { eventId, id, version }: { eventId: bigint; id: bigint | null; version: number },
  draft: BadgeDesignDraft,
  actor: Actor,
): Promise<SaveBadgeDesignResult> {
  return transact<SaveBadgeDesignResult>(db, async (tx) => {
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    const own = and(eq(badgeDesigns.eventId, eventId), eq(badgeDesigns.id, id ?? 0n));
    const [known] =
      id === null ? [] : await tx.select().from(badgeDesigns).where(own).for('update');
    if (id !== null && !known) return { ok: false, code: 'unknown_design' };
    if (known && known.version !== version) return { ok: false, code: 'edited_meanwhile' };
    const [saved] = known
      ? await tx
          .update(badgeDesigns)
          .set({ ...draft, version: known.version + 1 })
          .where(own)
          .returning()
      : await tx
          .insert(badgeDesigns)
          .values({ eventId, ...draft })
          .returning();
    if (!saved) return { ok: false, code: 'unknown_design' };
    await writeAudit(tx, actor, {
      ...{ action: 'badge.save', eventId, subjectKind: 'badge_design', subjectId: saved.id },
      ...{ before: known ? { name: known.name, design: known.design } : null, after: { ...draft } },
    });
    await record(tx, 'event', [eventId]);
    return { ok: true, id: saved.id, version: saved.version };
  });
}

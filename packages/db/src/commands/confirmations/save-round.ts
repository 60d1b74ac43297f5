import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { confirmationRounds } from '../../schema/index.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';

export type RoundDraft = Pick<
  typeof confirmationRounds.$inferInsert,
  'opensAt' | 'closesAt' | 'message' | 'questions'
> & {
  /** Of the round it was made on; null for the first. */
  version: number | null;
};

export type SaveRoundResult =
  | { ok: true; version: number }
  /** Somebody else saved it since. */
  | { ok: false; code: 'edited_meanwhile' | 'set_up_elsewhere' }
  | { ok: false; code: 'closes_before_it_opens' };

/** Sets what an event asks its holders before they come, and when. Answers that were given stay, also to questions that are gone. */
export async function saveConfirmationRound(
  db: Db,
  eventId: bigint,
  { version, ...draft }: RoundDraft,
  by: Actor,
): Promise<SaveRoundResult> {
  if (draft.closesAt <= draft.opensAt) return { ok: false, code: 'closes_before_it_opens' };
  return transact<SaveRoundResult>(db, async (tx) => {
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    const [saved] =
      version === null
        ? await tx
            .insert(confirmationRounds)
            .values({ eventId, ...draft })
            .onConflictDoNothing()
            .returning({ version: confirmationRounds.version })
        : await tx
            .update(confirmationRounds)
            .set({ ...draft, version: version + 1 })
            .where(
              and(eq(confirmationRounds.eventId, eventId), eq(confirmationRounds.version, version)),
            )
            .returning({ version: confirmationRounds.version });
    if (!saved) return { ok: false, code: 'edited_meanwhile' };
    const { opensAt, closesAt, questions } = draft;
    await writeAudit(tx, by, {
      ...{ action: 'confirmation.save', eventId, subjectKind: 'event', subjectId: eventId },
      after: { opensAt, closesAt, questions: questions?.length ?? 0 },
    });
    return { ok: true, version: saved.version };
  });
}

import type { FormRules } from '@catraca/domain/accreditation';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { applicationForms, passTypes } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';

export interface FormDraft extends FormRules {
  isPublic: boolean;
  opensAt: Date | null;
  closesAt: Date | null;
}

export type SaveFormResult =
  | { ok: true; version: number }
  | { ok: false; code: 'unknown_type' | 'set_up_elsewhere' | 'edited_meanwhile' };

/** Sets what applicants for a credential type are asked. `version` is the one that was edited, 0 for a form that is new. */
export async function saveForm(
  db: Db,
  { eventId, typeId }: { eventId: bigint; typeId: bigint },
  draft: FormDraft,
  version: number,
  actor: Actor,
): Promise<SaveFormResult> {
  return transact<SaveFormResult>(db, async (tx) => {
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    const ofType = and(eq(passTypes.id, typeId), eq(passTypes.eventId, eventId));
    const [type] = await tx
      .select({ id: passTypes.id })
      .from(passTypes)
      .where(and(ofType, eq(passTypes.kind, 'credential')))
      .for('key share');
    if (!type) return { ok: false, code: 'unknown_type' };
    const values = { ...draft, questions: [...draft.questions] };
    const [saved] =
      version === 0
        ? await tx
            .insert(applicationForms)
            .values({ typeId, ...values })
            .onConflictDoNothing()
            .returning({ version: applicationForms.version })
        : await tx
            .update(applicationForms)
            .set({ ...values, version: sql`${applicationForms.version} + 1` })
            .where(and(eq(applicationForms.typeId, typeId), eq(applicationForms.version, version)))
            .returning({ version: applicationForms.version });
    if (!saved) return { ok: false, code: 'edited_meanwhile' };
    const { questions, ...rest } = draft;
    await writeAudit(tx, actor, {
      ...{ action: 'accreditation.saveForm', eventId, subjectKind: 'pass_type', subjectId: typeId },
      after: { ...rest, questions: questions.map(({ key }) => key) },
    });
    await record(tx, 'event', [eventId]);
    return { ok: true, version: saved.version };
  });
}

import { checkAnswers, type ApplicationProblems } from '@catraca/domain/accreditation';
import { eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { confirmationRounds, confirmations, persons } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { recordPassChange } from '../passes/record-change.ts';
import { lockPass } from '../passes/revoke-pass.ts';
import { updatePersons } from '../persons.ts';
import { transact } from '../transact.ts';

export interface Confirmation {
  /** Their name as it should be; null where it is right. */
  name: string | null;
  answers: Record<string, string>;
}

export type ConfirmPassResult =
  | { ok: true }
  | { ok: false; code: 'unknown_pass' }
  /** Not yet, not any more, or the event asks nothing. */
  | { ok: false; code: 'not_open' }
  /** It admits nobody. */
  | { ok: false; code: 'not_valid' }
  /** The holder corrected the name before: once is a correction, twice is another person. */
  | { ok: false; code: 'name_corrected_before' }
  | { ok: false; code: 'answers_wrong'; problems: ApplicationProblems };

/** A holder says who they are and that they come. Said again before the end, the later answers stay. */
export async function confirmPass(
  db: Db,
  passId: bigint,
  { name, answers }: Confirmation,
  now: Date,
): Promise<ConfirmPassResult> {
  return transact<ConfirmPassResult>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (!pass) return { ok: false, code: 'unknown_pass' };
    const [round] = await tx
      .select()
      .from(confirmationRounds)
      .where(eq(confirmationRounds.eventId, pass.eventId));
    if (!round || now < round.opensAt || now >= round.closesAt) {
      return { ok: false, code: 'not_open' };
    }
    if (pass.status !== 'valid') return { ok: false, code: 'not_valid' };
    const problems = checkAnswers(answers, round.questions);
    if (Object.keys(problems).length > 0) return { ok: false, code: 'answers_wrong', problems };
    const [known] = await tx.select().from(confirmations).where(eq(confirmations.passId, passId));
    const [holder] = await tx
      .select({ name: persons.name })
      .from(persons)
      .where(eq(persons.id, pass.holderId));
    const isOther = name !== null && name.trim() !== holder?.name;
    if (isOther && known?.nameCorrectedAt) return { ok: false, code: 'name_corrected_before' };
    const act = { userId: null, reason: null };
    if (isOther) {
      await updatePersons(tx, [{ id: pass.holderId, name }]);
      await recordPassChange(tx, passId, 'renamed', act, now);
    }
    const asked = new Set(round.questions.map(({ key }) => key));
    const kept = Object.fromEntries(Object.entries(answers).filter(([key]) => asked.has(key)));
    const said = {
      ...{ confirmedAt: now, answers: kept },
      ...(isOther && { nameCorrectedAt: now }),
    };
    await tx
      .insert(confirmations)
      .values({ passId, eventId: pass.eventId, ...said })
      .onConflictDoUpdate({ target: confirmations.passId, set: said });
    await recordPassChange(tx, passId, 'confirmed', act, now);
    await record(tx, 'pass_change', [passId]);
    return { ok: true };
  });
}

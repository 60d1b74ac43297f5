import type { Db } from '../../client.ts';
import { updatePersons } from '../persons.ts';
import { record } from '../../sync/record-facts.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { transact } from '../transact.ts';
import { atTheConsole, recordPassChange, type PassAct } from './record-change.ts';
import { lockPass, passAudit } from './revoke-pass.ts';

export type RenameHolderResult = { ok: true } | { ok: false; code: 'unknown_pass' };

/** Gives a pass's holder another name. Each holder has one pass, so no other is renamed with it. */
export async function renameHolder(
  db: Db,
  passId: bigint,
  name: string,
  now: Date,
  act: PassAct = atTheConsole,
  by: Actor | null = null,
): Promise<RenameHolderResult> {
  return transact<RenameHolderResult>(db, async (tx) => {
    const pass = await lockPass(tx, passId);
    if (!pass) return { ok: false, code: 'unknown_pass' };
    await recordPassChange(tx, passId, 'renamed', act, now);
    await updatePersons(tx, [{ id: pass.holderId, name }]);
    if (by) await writeAudit(tx, by, passAudit('pass.rename', pass, { name: 'changed' }));
    await record(tx, 'pass_change', [passId]);
    return { ok: true };
  });
}

import { findLastChange, type Edited, type EditedMeanwhile } from '@catraca/db';
import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';

/** What changes the version of each row that people edit, as the audit log has it. */
const actionsOf = {
  event: ['event.update', 'event.setDays', 'event.setPoster'],
  pass_type: ['passType.save', 'passType.archive'],
  stock_pool: ['pool.save'],
  voucher: ['voucher.save'],
  venue_plan: ['venuePlan.save'],
  seat_map: ['seatMap.save'],
} as const;

export type EditedRow = { kind: keyof typeof actionsOf; id: bigint | null };

/** Somebody else changed it: the refusal has the version it has now, and who made it when. */
export async function refuseEdited(
  ctx: Pick<ApiContext, 'db'>,
  { version }: Pick<EditedMeanwhile, 'version'>,
  { kind, id }: EditedRow,
): Promise<never> {
  if (id === null) return refuse('edited_meanwhile', { version });
  const edited: Edited = { subjectKind: kind, subjectId: id, actions: actionsOf[kind] };
  const last = await findLastChange(ctx.db, edited);
  return refuse('edited_meanwhile', {
    version,
    ...(last && { by: last.by, at: last.at.toISOString() }),
  });
}

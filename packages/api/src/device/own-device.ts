import type { Member } from '../context.ts';
import { ownCheckpoints } from '../own-event.ts';

/** Whether a device works at none but checkpoints the member works at. */
export function isOwnDevice(
  member: Pick<Member, 'limits'>,
  eventId: bigint,
  { checkpointIds }: { checkpointIds: readonly bigint[] | null },
): boolean {
  const own = ownCheckpoints(member, eventId);
  return own === null || (checkpointIds?.every((id) => own.includes(id)) ?? false);
}

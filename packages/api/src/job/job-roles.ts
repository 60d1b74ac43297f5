import type { JobKind, MemberRole } from '@catraca/db';

const managing = ['owner', 'manager'] as const;

/** Whose business a kind of job is: who may start it may see, stop and resume it, and nobody else. */
const rolesOf: Record<JobKind, readonly MemberRole[]> = {
  refund_event: managing,
  import_passes: managing,
  ask_holders: managing,
  remind_holders: managing,
  erase_event: managing,
  print_badges: [...managing, 'accreditation'],
};

export function jobKindsOf(role: MemberRole): JobKind[] {
  return (Object.keys(rolesOf) as JobKind[]).filter((kind) => rolesOf[kind].includes(role));
}

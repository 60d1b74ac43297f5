import type { MemberRole } from '@catraca/db';

/** Who may call a procedure: anyone at all, or a signed-in member with one of these roles. */
export type Access = 'public' | readonly MemberRole[];

const everyMember = [
  'owner',
  'manager',
  'box_office',
  'accreditation',
  'gate',
  'control',
  'viewer',
] as const;

/**
 * The one table of procedure × role. A procedure that is not in it can be called by nobody;
 * a test walks every procedure with every role against it.
 */
export const access: Record<string, Access> = {
  'site.status': 'public',
  'site.me': everyMember,
};

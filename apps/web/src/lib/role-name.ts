import type { MemberRole } from '@catraca/db';
import { m } from '#lib/paraglide/messages.js';

export const roleNames: Record<MemberRole, () => string> = {
  owner: m.admin_role_owner,
  manager: m.admin_role_manager,
  box_office: m.admin_role_box_office,
  accreditation: m.admin_role_accreditation,
  gate: m.admin_role_gate,
  control: m.admin_role_control,
  viewer: m.admin_role_viewer,
};

/** A role in the reader's language. */
export function roleName(role: MemberRole): string {
  return roleNames[role]();
}

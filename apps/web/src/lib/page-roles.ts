import type { MemberRole } from '@catraca/db';

/**
 * Which rooms a role may enter. What it may do there is the API's table (`packages/api/src/roles.ts`);
 * a room here only keeps people from pages where nothing would answer them.
 */
export const pageRoles = {
  admin: ['owner', 'manager', 'box_office', 'accreditation', 'control', 'viewer'],
  control: ['owner', 'manager', 'control', 'viewer'],
  scan: ['owner', 'manager', 'box_office', 'accreditation', 'gate', 'control'],
} as const satisfies Record<string, readonly MemberRole[]>;

export type Room = keyof typeof pageRoles;

export function mayEnter(role: MemberRole, room: Room): boolean {
  return (pageRoles[room] as readonly MemberRole[]).includes(role);
}

/** Where a member of this role begins after signing in. */
export function homeOf(role: MemberRole): `/${Room}` {
  if (role === 'gate') return '/scan';
  return role === 'control' ? '/control' : '/admin';
}

import { pathsFor } from '@catraca/api';
import { requireRoom } from '#lib/server/auth/require-room.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = (event) => {
  const { name, role, organizationName, limits } = requireRoom(event, 'admin');
  return { member: { name, role, organizationName }, may: pathsFor(role, limits !== null) };
};

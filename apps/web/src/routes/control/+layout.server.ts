import { requireRoom } from '#lib/server/auth/require-room.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = (event) => {
  requireRoom(event, 'control');
};

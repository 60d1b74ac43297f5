import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { may, member, events } = await parent();
  if (!may.includes('event.create')) {
    error(403, { message: 'role_not_allowed', role: member.role });
  }
  // Most organizations sell in one currency and one place.
  const last = events[0];
  return { currency: last?.currency ?? 'EUR', timeZone: last?.timeZone };
};

import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { may } = await parent();
  if (!may.includes('pickup.search')) error(403, { message: 'role_not_allowed' });
};

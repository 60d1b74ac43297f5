import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';

/** Venues are paired, revoked and given events at the cloud: `set_up_elsewhere` at a venue. */
export function onlyAtCloud({ site }: Pick<ApiContext, 'site'>): void {
  if (site.kind === 'venue') refuse('set_up_elsewhere');
}

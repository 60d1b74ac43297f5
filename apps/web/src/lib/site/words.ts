import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';

type Link = RouterOutputs['site']['list']['sites'][number];

const problems: Record<string, () => string> = {
  away: m.sites_problem_away,
  disk_full: m.sites_problem_disk,
  clock_wrong: m.sites_problem_clock,
  other_version: m.sites_problem_version,
  malformed: m.sites_problem_version,
  key_expired: m.sites_problem_key,
  unknown_key: m.sites_problem_key,
  revoked: m.sites_problem_revoked,
  fenced: m.sites_problem_fenced,
};

/** Why there was no exchange, and what to do. `code`: of the API. */
export function problemText(code: string): string {
  if (/^status_5\d\d$/.test(code)) return m.sites_problem_server();
  return problems[code]?.() ?? m.sites_problem_facts({ code });
}

const states: Record<Exclude<Link['state'], 'active'>, () => string> = {
  fenced: m.sites_fenced_text,
  unproved: m.sites_unproved_text,
  revoked: m.sites_revoked_text,
};

/** What it means that a site is not active, and what to do. */
export function stateText(state: keyof typeof states): string {
  return states[state]();
}

import type { EntryPolicy } from '@catraca/domain';
import { m } from '#lib/paraglide/messages.js';

/** How often a pass may come in, in a few words. */
export function policyName(kind: EntryPolicy['kind'], count: number | null): string {
  switch (kind) {
    case 'once':
      return m.setup_policy_once();
    case 'once_per_day':
      return m.setup_policy_once_per_day();
    case 'reentry':
      return m.setup_policy_reentry();
    case 'n_times':
      return m.setup_policy_n_times({ count: count ?? 0 });
    case 'unlimited':
      return m.setup_policy_unlimited();
  }
}

/** What it means for somebody at the gate. */
export function policyExample(kind: EntryPolicy['kind']): string {
  switch (kind) {
    case 'once':
      return m.setup_policy_once_example();
    case 'once_per_day':
      return m.setup_policy_once_per_day_example();
    case 'reentry':
      return m.setup_policy_reentry_example();
    case 'n_times':
      return m.setup_policy_n_times_example();
    case 'unlimited':
      return m.setup_policy_unlimited_example();
  }
}

/**
 * How often a pass may come in from outside.
 * `once`, `once_per_day`; `reentry`: any number, but out before in again; `n_times`: the same, at most `n` in all;
 * `unlimited`: no limit and no anti-passback (crew with a cart).
 */
export type EntryPolicy =
  | { readonly kind: 'once' }
  | { readonly kind: 'once_per_day' }
  | { readonly kind: 'reentry' }
  | { readonly kind: 'n_times'; readonly n: number }
  | { readonly kind: 'unlimited' };

/** In the order of their numbers in a token: never reorder, only append. */
export const entryPolicyKinds = [
  'once',
  'once_per_day',
  'reentry',
  'n_times',
  'unlimited',
] as const;

/** 5 bits in a token. */
export const entriesMax = 31;

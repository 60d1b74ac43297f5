/** A green light that the rules would have refused, told to people. Permanent codes: stored, and counted in reports. */
export const conflictKinds = [
  'double_entry',
  'admitted_after_revocation',
  'admitted_after_refund',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

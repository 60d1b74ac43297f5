export * from './check-replay.ts';
export * from './crossing-no.ts';
export * from './decide-scan.ts';
export type { EntitlementRefusal } from './entitlement.ts';
export * from './entry-policy.ts';
export * from './fold-scans.ts';
export * from './occupancy.ts';
export * from './types.ts';
export * from './venue-rules.ts';

export * from './devices.ts';
export * from './judge-scans.ts';
export * from './load-venue.ts';
export { type GateDb, gateStatementTimeoutMs, openGateDb } from './open-gate-db.ts';
export * from './public-keys.ts';
export type * from './types.ts';

export * from './judge-scans.ts';
export * from './list-devices.ts';
export * from './load-venue.ts';
export { type GateDb, gateStatementTimeoutMs, openGateDb } from './open-gate-db.ts';
export { type PgSnapshot, parsePgSnapshot, sees, seesAllOf } from './pg-snapshot.ts';
export * from './read-bundle.ts';
export * from './read-live.ts';
export type * from './types.ts';

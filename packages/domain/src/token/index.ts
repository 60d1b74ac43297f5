export * from './claims.ts';
export { claimsProblem } from './claims-codec.ts';
export * from './code.ts';
export * from './mask.ts';
export * from './verification.ts';

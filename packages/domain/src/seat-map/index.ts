export * from './check-seat-map.ts';
export type * from './document.ts';
export * from './seats-of.ts';
export * from './single-seats.ts';

export * from './calls.ts';
export * from './draw.ts';
export * from './estimate.ts';
export * from './limits.ts';
export * from './place-state.ts';

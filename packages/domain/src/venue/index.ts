export * from './days.ts';
export * from './graph.ts';
export * from './zone.ts';

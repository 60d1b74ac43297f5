export * from './check-plan.ts';
export * from './days.ts';
export * from './geo-plan.ts';
export * from './graph.ts';
export * from './polygon.ts';
export * from './zone.ts';
export * from './sessions.ts';

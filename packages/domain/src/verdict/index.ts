export * from './conflict-kinds.ts';
export * from './verdicts.ts';

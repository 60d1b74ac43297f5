export * from './verdicts.ts';

export * from './money.ts';
export * from './discount.ts';

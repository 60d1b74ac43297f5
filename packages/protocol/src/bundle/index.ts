export * from './bundle-head.ts';
export * from './bundle.ts';
export * from './pass-record.ts';
export * from './pass-table.ts';

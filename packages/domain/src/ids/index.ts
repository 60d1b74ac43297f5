export * from './brands.ts';
export * from './site-id.ts';
export * from './uuid.ts';

export * from './client.ts';
export * from './local-site.ts';
export * from './migrate.ts';
export * as schema from './schema/index.ts';
export { memberRoles, type MemberRole } from './schema/accounts.ts';

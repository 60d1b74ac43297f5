export { EmbeddedPostgresError } from './binaries.ts';
export { createDatabase, databaseUrl, dropDatabase } from './databases.ts';
export type { StartPostgresOptions } from './launch-server.ts';
export { freePort, isFreePort } from './ports.ts';
export { type RunningPostgres, startPostgres, stopPostgres } from './start-postgres.ts';

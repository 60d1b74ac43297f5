export { EmbeddedPostgresError } from './binaries.ts';
export { createDatabase, databaseUrl, dropDatabase } from './databases.ts';
export {
  type RunningPostgres,
  startPostgres,
  type StartPostgresOptions,
} from './start-postgres.ts';

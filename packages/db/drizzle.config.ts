import { defineConfig } from 'drizzle-kit';

/** Only for writing migrations: `pnpm --filter @catraca/db migration --name <what>`. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema/index.ts',
  out: './migrations',
});

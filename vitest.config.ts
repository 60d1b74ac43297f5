import { defineConfig } from 'vitest/config';

/**
 * A test's suffix says what it needs:
 *   x.test.ts          nothing but code
 *   x.pg.test.ts       PostgreSQL: `testDatabase()` of @catraca/db/testing
 *   x.socket.test.ts   real services and sockets, and PostgreSQL
 *   x.browser.test.ts  Chromium against the production build, real services, and PostgreSQL
 * Unit tests of apps/web run inside it, where Vite knows its imports.
 */
const roots = '{apps,loadtests,packages,scripts,tests}';
const tested = (suffix: string) => `${roots}/**/*.${suffix}test.ts`;
const suffixed = ['pg', 'socket', 'browser'].map((suffix) => tested(`${suffix}.`));
const never = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];

/**
 * As many files at once as a small machine has cores: they wait for their services as much as they compute. They share nothing: each
 * has its own ports, folders and database, and each worker its own server (packages/db/src/testing).
 */
const maxWorkers = 2;

/** What another process does comes when it comes: a second is not enough for it on a busy machine. */
const expect = { poll: { timeout: 20_000 } };

const postgres = './tests/setup/postgres.ts';
const webBuild = './tests/setup/web-build.ts';

export default defineConfig({
  test: {
    maxWorkers,
    projects: [
      'apps/web/vitest.config.ts',
      {
        test: {
          name: 'unit',
          include: [tested('')],
          exclude: [...never, ...suffixed, 'apps/web/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pg',
          include: [tested('pg.')],
          expect,
          exclude: never,
          globalSetup: [postgres],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'socket',
          include: [tested('socket.')],
          expect,
          exclude: never,
          globalSetup: [postgres],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [tested('browser.')],
          expect,
          exclude: never,
          globalSetup: [postgres, webBuild],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

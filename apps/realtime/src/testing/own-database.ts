import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Db, holdPersonalKeys, migrate, openDb } from '@catraca/db';
import { createDatabase, startPostgres, stopPostgres } from '@catraca/db/embedded';
import { testPersonalKeys, writeTestKeys } from '@catraca/db/testing/personal-keys';

/** A PostgreSQL of one test's own, to be stopped or killed. It keeps what it promised: fsync is on. */
export interface OwnDatabase {
  readonly url: string;
  readonly db: Db;
  stopServer(): Promise<void>;
  /** SIGKILL, as when the machine runs out of memory. */
  killServer(): void;
  /** Again, on the same port. */
  startServer(): Promise<void>;
  /** Ends it and removes what it wrote. Call it in `afterAll`. */
  end(): Promise<void>;
}

/** Starts one in `folder`, or in a temporary one. */
export async function startOwnDatabase(folder?: string): Promise<OwnDatabase> {
  const place = folder ?? mkdtempSync(path.join(tmpdir(), 'catraca-own-'));
  const dataDir = path.join(place, 'postgres');
  const { url: serverUrl, port } = await startPostgres({ dataDir });
  const url = await createDatabase(serverUrl, 'own');
  await migrate(url);
  const db = openDb(url);
  holdPersonalKeys(testPersonalKeys);
  await writeTestKeys(db);
  return {
    ...{ url, db },
    stopServer: () => stopPostgres(dataDir),
    killServer: () => {
      const [pid] = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
    },
    startServer: async () => {
      const { started } = await startPostgres({ dataDir, port });
      assert(started, 'the server had not ended');
    },
    end: async () => {
      await db.$client.end({ timeout: 1 });
      await stopPostgres(dataDir);
      rmSync(dataDir, { recursive: true });
      if (folder === undefined) rmSync(place, { recursive: true });
    },
  };
}

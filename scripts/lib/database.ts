import { createDatabase, startPostgres } from '@catraca/db/embedded';
import path from 'node:path';
import { dataDir } from './paths.ts';

export interface Database {
  /** Holds a password: not for logs. */
  url: string;
  /** Ends the embedded server; does nothing to a server of the operator's own. */
  stop(): Promise<void>;
  /** Ends the embedded server if this process started it. */
  release(): Promise<void>;
}

/** DATABASE_URL, or the embedded PostgreSQL of this installation: a live one is used as it is. */
export async function openDatabase(): Promise<Database> {
  const given = process.env['DATABASE_URL'];
  const nothing = async (): Promise<void> => {};
  if (given) return { url: given, stop: nothing, release: nothing };
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres') });
  return {
    url: await createDatabase(server.url, 'catraca'),
    stop: server.stop,
    release: server.started ? server.stop : nothing,
  };
}

import type { Db } from '@catraca/db';
import type { Secrets } from './secrets.ts';

/** What a command may use. */
export interface Context {
  db: Db;
  databaseUrl: string;
  secrets: Secrets;
  now: Date;
}

/** One command of `npm run catraca`. */
export interface Command {
  /** `device enrol`. */
  name: string;
  /** Its arguments, as help shows them. */
  usage: string;
  summary: string;
  /** @throws CommandError for what the operator can mend. */
  run(args: string[], context: Context): Promise<void>;
}

/** Shown without a stack: the operator asked for something that cannot be. */
export class CommandError extends Error {}

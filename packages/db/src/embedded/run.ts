import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn, type StdioOptions } from 'node:child_process';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './binaries.ts';

const run = promisify(execFile);

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/**
 * PostgreSQL refuses to run as root. There the program is put into a user namespace in which root goes by
 * another number: no extra user, no change of owner, and files it writes belong to root outside.
 */
const asSomebodyElse = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const;

const isRoot = process.getuid?.() === 0;

function unprivileged(command: Command): Command {
  return isRoot ? [...asSomebodyElse, ...command] : command;
}

/** @throws EmbeddedPostgresError when this process is root and may not make a user namespace. */
export async function assertMayRun(): Promise<void> {
  if (!isRoot) return;
  try {
    await run('unshare', [...asSomebodyElse.slice(1), 'true']);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root, and this system does not let root make a user namespace (unshare --user): run as another user.',
      { cause },
    );
  }
}

/** Runs a program to its end. @throws with what it wrote when it fails. */
export async function runToEnd(command: Command): Promise<void> {
  const [program, ...args] = unprivileged(command);
  await run(program, args);
}

/**
 * Starts a program in a process group of its own, so that a Ctrl-C in the terminal does not reach it:
 * the database must outlive the services that drain into it. It does not keep this process alive.
 */
export async function launch(command: Command, stdio: StdioOptions): Promise<ChildProcess> {
  const [program, ...args] = unprivileged(command);
  const child = spawn(program, args, { stdio, detached: true });
  child.unref();
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve).once('error', reject);
  });
  assert(child.pid !== undefined);
  return child;
}

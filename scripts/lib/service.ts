import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './paths.ts';

/** A second or two; a busy machine with two cores and other work takes much longer. */
const readyWithinMs = 60_000;

/** Past this a service that was told to end is killed. Three seconds after Ctrl-C all must be over, the database too. */
const stopWithinMs = 1_700;

/** Where each begins, and the folder it runs in. */
const entries = {
  web: { folder: 'apps/web', file: 'server.ts' },
  realtime: { folder: 'apps/realtime', file: 'src/main.ts' },
  worker: { folder: 'apps/worker', file: 'src/main.ts' },
  gateway: { folder: 'scripts/lib/gateway', file: 'main.ts' },
} as const;

/** MiB. A busy service makes most of its garbage within one batch or page: with room for it, little is copied. */
const youngGeneration = '--max-semi-space-size=64';

export type ServiceName = keyof typeof entries;

export interface Service {
  name: ServiceName;
  process: ChildProcess;
  /** Where it writes its log, one JSON object a line. */
  log: string;
  /** Resolves when it ended, for whatever reason. */
  ended: Promise<void>;
  /** SIGTERM, and SIGKILL when it does not end in time. */
  stop(): Promise<void>;
}

/**
 * Starts a service and waits until it says that it can serve.
 * @throws with the end of its log when it does not come up.
 */
export async function startService(
  name: ServiceName,
  environment: Record<string, string>,
  logDir: string,
): Promise<Service> {
  const log = path.join(logDir, `${name}.log`);
  const child = launch(name, environment, log);
  const ended = once(child, 'exit').then(() => {});
  const outcome = await Promise.race([
    once(child, 'message').then(() => 'ready' as const),
    ended.then(() => 'ended' as const),
    pause(readyWithinMs, 'late' as const, { ref: false }),
  ]);
  if (outcome === 'ready')
    return { name, process: child, log, ended, stop: () => stop(child, ended) };
  child.kill('SIGKILL');
  throw new Error(`${name} did not come up:\n${tail(log)}`);
}

function launch(name: ServiceName, environment: Record<string, string>, log: string): ChildProcess {
  mkdirSync(path.dirname(log), { recursive: true });
  if (existsSync(log)) renameSync(log, `${log}.1`);
  const output = openSync(log, 'w', 0o600);
  const { folder, file } = entries[name];
  try {
    return spawn(
      process.execPath,
      [
        youngGeneration,
        '--import',
        path.join(import.meta.dirname, 'end-with-parent.ts'),
        path.join(root, folder, file),
      ],
      {
        cwd: path.join(root, folder),
        env: { ...process.env, NODE_ENV: 'production', ...environment },
        stdio: ['ignore', output, output, 'ipc'],
      },
    );
  } finally {
    closeSync(output);
  }
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(killer);
}

/** The last lines a service wrote. */
export function tail(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-20).join('\n');
}

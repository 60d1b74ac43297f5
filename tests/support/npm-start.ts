import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { root } from '../../scripts/lib/paths.ts';

export interface Started {
  process: ChildProcess;
  /** Everything it printed so far. */
  printed(): string;
}

/**
 * What `npm start` runs, with a data folder of the test's own, until it says that all runs. `enter`: a command that runs others, before it.
 * @throws what it printed when it ends.
 */
export async function startCatraca(
  data: string,
  args: readonly string[],
  settings: Record<string, string> = {},
  enter: readonly string[] = [],
): Promise<Started> {
  const { DATABASE_URL: _, ...environment } = process.env;
  const [program = '', ...rest] = [...enter, process.execPath, 'scripts/start.ts', ...args];
  const child = spawn(program, rest, {
    cwd: root,
    env: { ...environment, CATRACA_DATA: data, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const read = (text: string): void => {
      printed += text;
      if (printed.includes('Ctrl-C ends everything')) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('close', () => reject(new Error(`npm start ended:\n${printed}`)));
  });
  return { process: child, printed: () => printed };
}

/** @returns how long it took, in ms, until the process was gone. */
export async function end(started: Started, signal: NodeJS.Signals): Promise<number> {
  const began = performance.now();
  started.process.kill(signal);
  await once(started.process, 'exit');
  return performance.now() - began;
}

export function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
    socket.once('close', () => socket.destroy());
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { bin, root } from './paths.ts';

export interface Outcome {
  ok: boolean;
  /** What it wrote, when it was run quietly. */
  output: string;
}

/** Runs a program of an installed package in the root, its output shown. @returns its exit code. */
export async function show(
  program: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<number> {
  const child = spawn(bin(program), args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  endWithUs(child);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** Runs a program of an installed package in the root, and keeps its output. */
export async function attempt(program: string, args: string[]): Promise<Outcome> {
  const child = spawn(bin(program), args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { ok: code === 0, output };
}

/** A build that nobody waits for any more would go on for half a minute. */
export function endWithUs(child: ChildProcess): void {
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../lock.ts';
import { endWithUs } from '../run.ts';
import { cleanErrorLine } from './access-log.ts';
import type { Nginx } from './find-nginx.ts';
import { type GatewayConfig, nginxConfig } from './nginx-config.ts';

const pollMs = 20;

/** nginx tries a taken port for 2.5 s before it gives up. */
const startsWithinMs = 5_000;

/** What is under way gets this long (ms) to end: less than the 1.7 s after which whoever stops the gateway kills it. */
const drainMs = 1_000;

/** What the services are told is not for nginx. */
const noSecrets = {};

export interface RunningNginx {
  /** Takes on another configuration. Open sockets stay; @throws when nginx finds it wrong, and goes on with the old one. */
  reload(config: GatewayConfig): void;
  /** Resolves when it ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** No new connections; then the open ones are cut. */
  stop(): Promise<void>;
}

/** Writes and checks the configuration, and starts. What nginx has to say goes to `log`, cleaned. @throws with what is wrong. */
export async function startNginx(
  { file }: Nginx,
  config: GatewayConfig,
  log: (line: string) => void,
): Promise<RunningNginx> {
  const { dir, accessLog } = config;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  mkdirSync(path.dirname(accessLog), { recursive: true });
  const pidFile = pidFileOf(dir);
  await endLeftover(dir);
  if (existsSync(accessLog)) renameSync(accessLog, `${accessLog}.1`);
  writeFileSync(accessLog, '', { mode: 0o600 });
  write(file, config);

  const child = spawn(file, argumentsFor(dir), {
    env: noSecrets,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  endWithUs(child);
  createInterface(child.stderr).on('line', (line) => {
    const clean = cleanErrorLine(line);
    if (clean !== undefined) log(clean);
  });
  const ended = once(child, 'exit').then(() => {});
  await listens(child, pidFile);
  return {
    ended,
    reload: (changed) => {
      write(file, changed);
      child.kill('SIGHUP');
    },
    stop: () => stop(child, ended),
  };
}

function argumentsFor(dir: string): string[] {
  return ['-p', dir, '-c', configFile(dir)];
}

const pidFileOf = (dir: string) => path.join(dir, 'nginx.pid');
const configFile = (dir: string) => path.join(dir, 'nginx.conf');

/** Puts a configuration in place that nginx has found right. */
function write(file: string, config: GatewayConfig): void {
  const target = configFile(config.dir);
  const fresh = `${target}.new`;
  writeFileSync(fresh, nginxConfig(config), { mode: 0o600 });
  const args = ['-t', '-q', '-p', config.dir, '-c', fresh];
  const test = spawnSync(file, args, { env: noSecrets, encoding: 'utf8' });
  if (test.status !== 0) throw new Error(`nginx does not take its configuration:\n${test.stderr}`);
  renameSync(fresh, target);
}

/** nginx writes its number when it listens on all its ports. */
async function listens(child: ChildProcess, pidFile: string): Promise<void> {
  const deadline = Date.now() + startsWithinMs;
  while (!existsSync(pidFile) || Number(readFileSync(pidFile, 'utf8')) !== child.pid) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error('nginx does not come up: is one of its ports taken?');
    }
    await pause(pollMs);
  }
}

/** An nginx whose starter was killed outlives it and keeps the ports. */
export async function endLeftover(dir: string): Promise<void> {
  const pidFile = pidFileOf(dir);
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  const commandLine = `/proc/${pid}/cmdline`;
  // The folder comes first in it: nginx may cut the end off, to write what it does before it.
  const isOurs = existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(dir);
  if (isOurs) {
    process.kill(pid, 'SIGTERM');
    while (isAlive(pid)) await pause(pollMs);
  }
  rmSync(pidFile, { force: true });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGQUIT');
  const cut = setTimeout(() => child.kill('SIGTERM'), drainMs);
  await ended;
  clearTimeout(cut);
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const goModule = 'github.com/nats-io/nats-server/v2@latest';

/** NATS_SERVER, or `nats-server` where packages and Go put it; undefined when it is not there. */
export function findNatsServer(): string | undefined {
  const named = process.env['NATS_SERVER'];
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...['/usr/sbin', '/usr/local/bin', path.join(homedir(), 'go/bin')],
  ];
  const files = folders.map((folder) => path.join(folder, 'nats-server'));
  return [...(named ? [named] : []), ...files].find((file) => existsSync(file));
}

/** A nats-server for the tests: one that is there, as root on Debian its package, or what Go builds; else undefined. */
export function ensureNatsServer(): string | undefined {
  const found = findNatsServer();
  if (found) return found;
  console.log('No nats-server found: getting one.');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', 'nats-server']);
  }
  if (!findNatsServer()) run('go', ['install', goModule]);
  const installed = findNatsServer();
  if (!installed) {
    console.log(
      'None to be had: the tests of the bus over NATS are left out. Name one in NATS_SERVER.',
    );
  }
  return installed;
}

function run(program: string, args: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(program, args, { stdio: 'inherit', env: environment });
}

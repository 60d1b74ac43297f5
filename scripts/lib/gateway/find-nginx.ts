import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface Nginx {
  readonly file: string;
  /** Such as [1, 22, 1]. */
  readonly version: readonly [number, number, number];
}

/** NGINX or, when that names none, `nginx` where packages put it; undefined when it is not there. */
export function findNginx(): Nginx | undefined {
  const named = process.env['NGINX'];
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'],
  ];
  const files = named ? [named] : folders.map((folder) => path.join(folder, 'nginx'));
  const file = files.find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : { file, version: versionOf(file) };
}

/** @throws with what to install. */
export function getNginx(): Nginx {
  const nginx = findNginx();
  if (nginx) return nginx;
  throw new Error(`--https needs nginx, and there is none here. Install the package nginx-light:
  sudo apt-get install nginx-light && sudo systemctl disable --now nginx
(nginx on other systems; the second command ends the server that the package starts by itself.)`);
}

/** An nginx for the tests: one that is there or, as root on Debian, its package; else undefined. */
export function ensureNginx(): Nginx | undefined {
  const found = findNginx();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No nginx found: getting one.');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'nginx-light', 'libnss3-tools'],
    ]) {
      spawnSync('apt-get', args, { stdio: 'inherit', env: environment });
    }
  }
  const installed = findNginx();
  if (!installed) console.log('No nginx to be had: the tests of the gateway are left out.');
  return installed;
}

function versionOf(file: string): Nginx['version'] {
  const { stderr } = spawnSync(file, ['-v'], { encoding: 'utf8' });
  const found = /nginx\/(\d+)\.(\d+)\.(\d+)/.exec(stderr);
  return [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0), Number(found?.[3] ?? 0)];
}

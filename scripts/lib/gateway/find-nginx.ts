import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Debian 12 has it. */
const oldest = [1, 22, 0] as const;

export interface Nginx {
  readonly file: string;
  /** Such as [1, 22, 1]. */
  readonly version: readonly [number, number, number];
}

/** NGINX or, when that names none, `nginx` where packages put it; undefined when it is not there. */
export function findNginx(): Nginx | undefined {
  const named = process.env['NGINX'];
  if (named && !existsSync(named)) return undefined;
  const file = named || findProgram('nginx');
  return file === undefined ? undefined : { file, version: versionOf(file) };
}

/** Where a program is, in the folders that only root has in PATH too; undefined when it is not there. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return [...folders, '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

/** @throws with what to install. */
export function getNginx(): Nginx {
  const nginx = findNginx();
  if (nginx && isAtLeast(nginx, oldest)) return nginx;
  if (nginx) {
    throw new Error(
      `${nginx.file} is nginx ${nginx.version.join('.')}: it must be ${oldest.join('.')} or newer.`,
    );
  }
  throw new Error(`--https needs nginx, and there is none here. Install the package nginx-light:
  sudo apt-get install nginx-light && sudo systemctl disable --now nginx
(nginx on other systems; the second command ends the server that the package starts by itself.)`);
}

/** Programs that the tests of the gateway use, and Debian's packages of them. */
const testPrograms = { nginx: 'nginx-light', certutil: 'libnss3-tools', pebble: 'pebble' };

/** What the tests of the gateway need: what is there or, as root on Debian, its packages. Tests that miss something say so. */
export function ensureGatewayPrograms(): void {
  const missing = Object.entries(testPrograms).filter(
    ([program]) => findProgram(program) === undefined,
  );
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const packages = missing.map(([, name]) => name);
  console.log(`For the tests of the gateway: getting ${packages.join(', ')}.`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: 'inherit', env: environment });
  run('update', '-qq');
  // One by one: a system that lacks one of them has the others.
  for (const name of packages) run('install', '-y', '-qq', '--no-install-recommends', name);
}

function versionOf(file: string): Nginx['version'] {
  const { stderr } = spawnSync(file, ['-v'], { encoding: 'utf8' });
  const found = /nginx\/(\d+)\.(\d+)\.(\d+)/.exec(stderr);
  return [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0), Number(found?.[3] ?? 0)];
}

export function isAtLeast({ version }: Nginx, wanted: Nginx['version']): boolean {
  const i = wanted.findIndex((part, at) => part !== version[at]);
  return i === -1 || (version[i] ?? 0) > (wanted[i] ?? 0);
}
